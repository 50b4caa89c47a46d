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
from companies.forms.signing import (
    AddendumForm,
    CodeForm,
    PaperForm,
    ReasonForm,
    SendForm,
    TerminateForm,
)

__all__ = [
    "AddendumForm",
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
    "ReasonForm",
    "SendForm",
    "SupportForm",
    "TerminateForm",
]
