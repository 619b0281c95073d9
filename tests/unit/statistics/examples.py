"""How many made-up examples each property is tried on: few in `make test`, many in `make prove`."""

from hypothesis import settings
from tests.sizes import size

examples = settings(max_examples=size(30, 1000))
