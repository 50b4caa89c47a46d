from companies.forms.details import (
    ContactForm,
    DetailsForm,
    EraForm,
    NewCompanyForm,
    OfficeDetailsForm,
    OwnDetailsForm,
    SupportForm,
)
from companies.forms.joining import InviteForm, JoinForm
from companies.forms.listing import FilterForm
from companies.forms.pictures import AppearanceForm, PictureForm
from companies.forms.signing import CodeForm, PaperForm

__all__ = [
    "AppearanceForm",
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
    "SupportForm",
]
