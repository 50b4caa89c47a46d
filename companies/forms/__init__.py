from companies.forms.accounts import BankAccountForm
from companies.forms.card import AddressForm, BlockForm, LimitForm, MergeForm, NoteForm
from companies.forms.details import (
    ContactForm,
    DetailsForm,
    EraForm,
    NewCompanyForm,
    OfficeDetailsForm,
    OwnDetailsForm,
    SupportForm,
    ZoneForm,
)
from companies.forms.domain import OwnDomainForm
from companies.forms.firms import RegimeForm
from companies.forms.joining import ImportForm, InviteForm, JoinForm
from companies.forms.listing import FilterForm
from companies.forms.pictures import AppearanceForm, PictureForm
from companies.forms.signing import (
    AddendumForm,
    CodeForm,
    OwnTermsForm,
    PaperForm,
    ReasonForm,
    SendForm,
    TerminateForm,
)

__all__ = [
    "AddendumForm",
    "AddressForm",
    "AppearanceForm",
    "BankAccountForm",
    "BlockForm",
    "CodeForm",
    "ContactForm",
    "DetailsForm",
    "EraForm",
    "FilterForm",
    "ImportForm",
    "InviteForm",
    "JoinForm",
    "LimitForm",
    "MergeForm",
    "NewCompanyForm",
    "NoteForm",
    "OfficeDetailsForm",
    "OwnDetailsForm",
    "OwnDomainForm",
    "OwnTermsForm",
    "PaperForm",
    "PictureForm",
    "ReasonForm",
    "RegimeForm",
    "SendForm",
    "SupportForm",
    "TerminateForm",
    "ZoneForm",
]
