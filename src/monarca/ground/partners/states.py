"""What kinds of organisation there are, what members may do, and what standing says."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kinds(TextChoices):
    LOCAL_NONPROFIT = "local_nonprofit", _("Local, national or community non-profit")
    LOCAL_ACADEMIC = "local_academic", _("Local academic institution")
    GOVERNMENT = "government", _("Government body of the country")
    CANADIAN_NONPROFIT = "canadian_nonprofit", _("Canadian non-profit")
    INTERNATIONAL_NONPROFIT = "international_nonprofit", _("International or regional non-profit")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    OTHER = "other", _("Another kind of organisation")


class May(TextChoices):
    VIEW = "view", _("may read")
    EDIT = "edit", _("may write")
    SUBMIT = "submit", _("may submit")


class Facts(TextChoices):
    REPORT_OVERDUE = "report_overdue", _("A report is overdue")
    DEBT = "debt", _("Money is owed back")
    COMPLETED = "completed", _("An earlier project was completed")
