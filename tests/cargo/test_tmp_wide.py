import re
def test_w(shop, browse):
    from tests.cargo.conftest import NOW
    from commission.cargo import lots
    for n in range(4): lots.create(code=f"SEA-2026-{n:04d}",transport="ship",by=shop.actor(),at=NOW)
    shop.card(); shop.shipment()
    b=browse(shop.cast,"head"); b.cookies["language"]="th"
    for n,u in (("cards","/cargo/lots/"),("users","/cargo/users/"),("sp","/cargo/")):
        h=b.get(u).content.decode().replace('"/static/','"file:///work/main/static/')
        h=re.sub(r'nonce="[^"]*"','',h)
        open(f"/tmp/cargo_{n}.html","w").write(h)
