from companies.forms.accounts import BankAccountForm
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
from companies.forms.firms import RegimeForm
from companies.forms.joining import InviteForm, JoinForm
from companies.forms.listing import FilterForm
from companies.forms.pictures import AppearanceForm, PictureForm
from companies.forms.signing import CodeForm, PaperForm

__all__ = [
    "AppearanceForm",
    "BankAccountForm",
    "CodeForm",
    "ContactForm",
    "DetailsForm",
    "EraForm",
    "FilterForm",
    "InviteForm",
    "JoinForm",
    "NewCompanyForm",
    "OfficeDetailsForm",
    "OwnDetailsForm",
    "PaperForm",
    "PictureForm",
    "RegimeForm",
    "SupportForm",
    "ZoneForm",
]
