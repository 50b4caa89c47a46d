import re, time_machine
from decimal import Decimal
from tenants.context import inside
from tests.finance.making import *
from finance import settlement
def test_look(alpha, browse):
    with time_machine.travel(noon("2026-03-20"), tick=False):
        with inside(alpha.scope):
            own(vat_payer=True)
            completed(alpha, 34, "2026-03-05")
            for i in range(6):
                done = order(alpha, price=f"{50000+i*7333}.50", carrier_rate=Decimal(40000+i*5000), carrier_name="Тулпар Транс", client="client" if i%2 else "client2", stage="completed", completed_at=noon(f"2026-0{1+i%3}-0{1+i}"))
                bill = settlement.settle(order=done, by=None, at=done.completed_at)
                if i%2: p = pay(alpha, bill, "20000.00", "2026-03-15", reference="ПП 17")
            give_back(alpha, p, "5000.00", "2026-03-16")
            order(alpha, stage="completed", completed_at=noon("2026-03-10"))
        b = browse(alpha)
        for name, url in {"list":"/finance/","card":f"/finance/invoices/{bill.number}/","fee":"/finance/fee/","ageing":"/finance/ageing/","pnl":"/finance/pnl/","calendar":"/finance/calendar/","carriers":"/finance/carriers/","close":"/finance/fee/2026-02/close/","taxes":"/finance/taxes/"}.items():
            html = b.get(url).content.decode()
            html = html.replace("/static/", "file:///work/main/static/")
            open(f"/tmp/finlook/{name}.html","w").write(html)
