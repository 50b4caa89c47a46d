"""The demo: three resellers, a pool of carriers and two years of orders, made by the same acts as
real use.

Every order lives as a generator that says when its next step comes; one clock takes the steps of
all in order of time, so that months, ladders and the exchange come out as they would have.
"""
