"""One signal for followers in this process, sent inside the transaction of the step.

`stage_entered(sender=Order, order_id=…, stage=…, event_id=…)`. Receivers only queue what follows.
"""

from django.dispatch import Signal

stage_entered = Signal()
