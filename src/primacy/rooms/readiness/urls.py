"""Routes of readiness, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.readiness.views import (
    area,
    assessment,
    board,
    decision,
    evidence,
    leads,
    standard,
)

urlpatterns = [
    path("", board.board, name="mission-home"),
    path("board/", board.board, name="board"),
    path("board.<str:form>", board.export, name="board-export"),
    path("areas/<str:code>/", area.area, name="area"),
    path("leads.<str:form>", leads.export, name="leads-export"),
    path("areas/<str:code>/leads.<str:form>", leads.export, name="area-leads-export"),
    path("leads/record/", area.record_leads, name="leads-record"),
    path("evidence.<str:form>", evidence.export, name="evidence-export"),
    path("evidence/", evidence.evidence_list, name="evidence"),
    path("evidence/new/", evidence.new_observation, name="evidence-new"),
    path("assessments.<str:form>", assessment.export, name="assessments-export"),
    path("assessments/", assessment.assessment_list, name="assessments"),
    path("assessments/new/", assessment.new_assessment, name="assessment-new"),
    path("assessments/<uuid:pk>/", assessment.assessment_page, name="assessment"),
    path("assessments/<uuid:pk>/evidence/", assessment.enter_evidence, name="assessment-evidence"),
    path("assessments/<uuid:pk>/<str:act>/", assessment.act, name="assessment-act"),
    path("conditions/<int:pk>/close/", decision.close_condition, name="condition-close"),
    path("decisions/<uuid:pk>/sign/", decision.sign, name="decision-sign"),
    path("decisions/<uuid:pk>/withdraw/", decision.withdraw, name="decision-withdraw"),
    path("step-back/", decision.step_back, name="step-back"),
    path("standard.<str:form>", standard.export, name="standard-export"),
    path("standard/", standard.current, name="standard"),
    path("standard/new/", standard.draft, name="standard-new"),
    path("standard/<uuid:pk>/", standard.version, name="standard-version"),
    path("standard/<uuid:pk>/sign/", standard.sign, name="standard-sign"),
    path("standard/<uuid:pk>/withdraw/", standard.withdraw, name="standard-withdraw"),
]
