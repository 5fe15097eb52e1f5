"""Routes of forces, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.forces.views import claims, command, units

urlpatterns = [
    path("forces/", units.forces, name="forces"),
    path("forces.<str:form>", units.export, name="forces-export"),
    path("claims.<str:form>", claims.export, name="claims-export"),
    path("command/", command.command, name="command"),
    path("command/chart/", command.chart, name="command-chart"),
    path("forces/claims/<uuid:claim>/", claims.claim, name="claim"),
    path("forces/claims/<uuid:claim>/correct/", claims.correct, name="claim-correct"),
    path("forces/claims/<uuid:claim>/withdraw/", claims.withdraw, name="claim-withdraw"),
    path("forces/<str:code>/", units.unit, name="unit"),
    path("forces/<str:code>/claim/<slug:kind>/", claims.new_claim, name="claim-new"),
]
