"""Companies over the API, and what stands on their cards."""

from companies.api.accounts import AccountList, OneAccount
from companies.api.addresses import AddressList, OneAddress
from companies.api.companies import CompanyList, Invite, OneCompany
from companies.api.contracts import ContractList
from companies.api.notes import NoteList, OneNote

COMPANY = "companies/<uuid:company_id>"
routes = [
    ("companies", CompanyList),
    ("companies/invite", Invite),
    (COMPANY, OneCompany),
    (f"{COMPANY}/accounts", AccountList),
    (f"{COMPANY}/accounts/<uuid:account_id>", OneAccount),
    (f"{COMPANY}/addresses", AddressList),
    (f"{COMPANY}/addresses/<uuid:address_id>", OneAddress),
    (f"{COMPANY}/contracts", ContractList),
    (f"{COMPANY}/notes", NoteList),
    (f"{COMPANY}/notes/<uuid:note_id>", OneNote),
]
