"""Routes of the census, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.census.views import figures, questions, recruitment, rounds

urlpatterns = [
    path("census/", rounds.overview, name="census"),
    path("census/questions/", questions.question_list, name="census-questions"),
    path("census/questions.<str:form>", questions.export, name="census-questions-export"),
    path("census/questions/<uuid:pk>/", questions.question, name="census-question"),
    path("census/numbers/", figures.numbers, name="census-numbers"),
    path("census/population/", figures.people, name="population"),
    path("census/<uuid:pk>/", rounds.round_page, name="census-round"),
    path("census/<uuid:pk>/ask/", rounds.ask, name="census-ask"),
    path("census/<uuid:pk>/counts/", rounds.counts, name="census-counts"),
    path("census/<uuid:pk>/counts.<str:form>", rounds.export, name="census-counts-export"),
    path("census/<uuid:pk>/close/", figures.close, name="census-close"),
    path("census/<uuid:pk>/make-up/", figures.make_up, name="census-make-up"),
    path("census/<uuid:pk>/make-up.<str:form>", figures.export, name="census-make-up-export"),
    path("recruitment/", recruitment.overview, name="recruitment"),
    path("recruitment/<slug:code>/", recruitment.cohort, name="cohort"),
    path("recruitment/<slug:code>/do/<slug:what>/", recruitment.act, name="cohort-act"),
    path("recruitment/<slug:code>.<str:form>", recruitment.export, name="cohort-export"),
]
