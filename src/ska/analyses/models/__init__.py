"""Tables of the analysis: observation → finding → cause → development area → expected effect."""

from ska.analyses.models.analysis import (
    Analysis,
    AnalysisUnit,
    InAnalysis,
    Participation,
    StruckPart,
)
from ska.analyses.models.causes import AreaCause, Cause, DevelopmentArea, Evidence, ExpectedEffect
from ska.analyses.models.findings import (
    Finding,
    FindingObservation,
    FindingTag,
    Observation,
    ObservationValue,
)
from ska.analyses.models.past import PastAnalysis, PastParagraph

__all__ = [
    "Analysis",
    "AnalysisUnit",
    "AreaCause",
    "Cause",
    "DevelopmentArea",
    "Evidence",
    "ExpectedEffect",
    "Finding",
    "FindingObservation",
    "FindingTag",
    "InAnalysis",
    "Observation",
    "ObservationValue",
    "Participation",
    "PastAnalysis",
    "PastParagraph",
    "StruckPart",
]
