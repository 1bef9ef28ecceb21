"""The engine: quantities, names, statements and their parser; laws and the kernel that checks them; rules by which SymPy finds; writing, reading back, and the witness.

It knows no language and no web.
"""

from derivations.engine.derivation import Derivation as Derivation
from derivations.engine.equation import Equation as Equation
from derivations.engine.equation import Unproved as Unproved
from derivations.engine.vocabulary import CLOSED_UNIT as CLOSED_UNIT
from derivations.engine.vocabulary import COUNT as COUNT
from derivations.engine.vocabulary import LABEL as LABEL
from derivations.engine.vocabulary import NATURAL as NATURAL
from derivations.engine.vocabulary import NOT_NEGATIVE as NOT_NEGATIVE
from derivations.engine.vocabulary import POINT as POINT
from derivations.engine.vocabulary import POSITIVE as POSITIVE
from derivations.engine.vocabulary import REAL as REAL
from derivations.engine.vocabulary import UNIT as UNIT
from derivations.engine.vocabulary import whole_from as whole_from
