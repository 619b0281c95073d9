"""What the fields of planned-educations are called in Swedish, and in which unit they count."""

from __future__ import annotations

from ska.values.rules import ValueStatus

SCHOOL_TYPES = {
    "fsk": "förskoleklass",
    "gr": "grundskola",
    "gran": "anpassad grundskola",
    "gy": "gymnasieskola",
    "gyan": "anpassad gymnasieskola",
}
_TEST = "Nationella prov, genomsnittlig provbetygspoäng i {}"
_SUBJECTS = {
    "SVE": "svenska",
    "SVA": "svenska som andraspråk",
    "ENG": "engelska",
    "MA": "matematik",
    "MA1": "matematik, första provet",
    "MA2": "matematik, andra provet",
}
_ELIGIBLE = "Behöriga till {}, årskurs 9, andel (%)"
FIELDS: dict[str, tuple[str, str]] = {
    "specialTeacherPositions": ("Speciallärare och specialpedagoger, tjänster", "tjänster"),
    "specialEducatorsQuota": ("Lärare med specialpedagogisk högskoleexamen, andel (%)", "%"),
    "studentsPerTeacherQuota": ("Elever per lärare", "elever per tjänst"),
    "certifiedTeachersQuota": ("Lärare med legitimation och behörighet, andel (%)", "%"),
    "totalNumberOfPupils": ("Antal elever", "elever"),
    "ratioOfPupilsIn6thGradeWithAllSubjectsPassed": (
        "Godkänt i alla ämnen, årskurs 6, andel (%)",
        "%",
    ),
    "ratioOfPupilsIn9thGradeWithAllSubjectsPassed": (
        "Godkänt i alla ämnen, årskurs 9, andel (%)",
        "%",
    ),
    "averageGradesMeritRating9thGrade": ("Genomsnittligt meritvärde, årskurs 9", "meritvärde"),
    "ratioOfPupils9thGradeEligibleForNationalProgramYR": (_ELIGIBLE.format("yrkesprogram"), "%"),
    "ratioOfPupils9thGradeEligibleForNationalProgramES": (
        _ELIGIBLE.format("estetiska programmet"),
        "%",
    ),
    "ratioOfPupils9thGradeEligibleForNationalProgramSAEKHU": (
        _ELIGIBLE.format("samhällsvetenskaps-, ekonomi- och humanistiska program"),
        "%",
    ),
    "ratioOfPupils9thGradeEligibleForNationalProgramNATE": (
        _ELIGIBLE.format("naturvetenskaps- och teknikprogrammet"),
        "%",
    ),
    "ratioOfStudentsEligibleForUndergraduateEducation": (
        "Grundläggande behörighet till högskolan, andel (%)",
        "%",
    ),
    "gradesPointsForStudents": ("Genomsnittlig betygspoäng, avgångselever", "betygspoäng"),
    "gradesPointsForStudentsWithExam": ("Genomsnittlig betygspoäng, med examen", "betygspoäng"),
    "ratioOfPupilsWithExamWithin3Years": ("Examen inom tre år, andel (%)", "%"),
    "admissionPointsMin": ("Antagningspoäng, lägsta", "meritvärde"),
    "admissionPointsAverage": ("Antagningspoäng, medel", "meritvärde"),
}
_TEST_FIELD = "averageResultNationalTestsSubject"
STATUS = {
    "EXISTS": ValueStatus.VALUE,
    "MISSING": ValueStatus.NOT_APPLICABLE_OR_MISSING,
    "OMITTED_DUE_TO_BASED_ON_FEW_PUPILS": ValueStatus.SUPPRESSED_SMALL_GROUP,
    "ROUNDED_OFF_DUE_TO_FEW_PUPILS_NOT_ELIGIBLE": ValueStatus.ROUNDED_NEAR_100,
    "TEACHERS_EXCLUDED_DUE_TO_NO_REQUIRED_LEGITIMATION": ValueStatus.NOT_APPLICABLE_LICENCE,
}
SALSA = {
    "salsaAverageGradesIn9thGradeActual": ("Meritvärde, faktiskt", "meritvärde"),
    "salsaAverageCalculated": ("Meritvärde, modellberäknat", "meritvärde"),
    "salsaAverageGradesIn9thGradeDeviation": ("Meritvärde, avvikelse", "meritpoäng"),
    "salsaRequirementsReachedActual": ("Godkänt i alla ämnen, faktiskt (%)", "%"),
    "salsaRequirementsReachedCalculated": ("Godkänt i alla ämnen, modellberäknat (%)", "%"),
    "salsaRequirementsReachedDeviation": ("Godkänt i alla ämnen, avvikelse", "procentenheter"),
    "salsaNewlyImmigratedQuota": ("Nyinvandrade elever, andel (%)", "%"),
    "salsaBoysQuota": ("Pojkar, andel (%)", "%"),
    "salsaParentsEducation": ("Föräldrarnas utbildningsnivå, 1–3", "nivå 1–3"),
}
BACKGROUND = {"salsaNewlyImmigratedQuota", "salsaBoysQuota", "salsaParentsEducation"}
SURVEYS = {
    "pupilsgr": "elever i grundskolan",
    "pupilsgy": "elever i gymnasieskolan",
    "custodiansfsk": "vårdnadshavare i förskoleklass",
    "custodiansgr": "vårdnadshavare i grundskolan",
    "custodiansgran": "vårdnadshavare i anpassade grundskolan",
}
GROUPS = {"ak5": "årskurs 5", "ak8": "årskurs 8", "ak9": "årskurs 9", "ar2": "år 2"}
BLOCKS = {
    "recommend": "Rekommendera skolan",
    "satisfaction": "Övergripande nöjdhet",
    "security": "Trygghet",
    "workingEnvironment": "Studiero",
    "support": "Stöd",
    "inspiration": "Stimulans",
}
ANSWERS = {
    "average": ("medelvärde", "index 0–10"),
    "ratioCorrespondsFully": ("stämmer helt och hållet (%)", "%"),
    "ratioCorrespondsWell": ("stämmer ganska bra (%)", "%"),
    "ratioCorrespondsPoorly": ("stämmer ganska dåligt (%)", "%"),
    "ratioCorrespondsNotAtAll": ("stämmer inte alls (%)", "%"),
    "ratioAlways": ("alltid (%)", "%"),
    "ratioOften": ("ofta (%)", "%"),
    "ratioSometimes": ("ibland (%)", "%"),
    "ratioSeldom": ("sällan (%)", "%"),
    "ratioNever": ("aldrig (%)", "%"),
    "ratioDoNotKnow": ("vet inte (%)", "%"),
    "ratioNoAnswer": ("svarade inte (%)", "%"),
}


def field_of(name: str) -> tuple[str, str]:
    """Return title and unit of a statistics field; an unknown one keeps its own name."""
    if name.startswith(_TEST_FIELD):
        rest = name.removeprefix(_TEST_FIELD)
        grade = {"6thGrade": ", årskurs 6", "9thGrade": ", årskurs 9"}.get(rest[-8:], "")
        subject = rest[:-8] if grade else rest
        return _TEST.format(_SUBJECTS.get(subject, subject)) + grade, "betygspoäng"
    return FIELDS.get(name, (name, "%" if name.startswith("ratio") else ""))
