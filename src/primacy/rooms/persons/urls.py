"""Routes of persons, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.persons.views import claims, matching, people, terms

urlpatterns = [
    path("persons/", people.people, name="persons"),
    path("persons.<str:form>", people.export, name="persons-export"),
    path("persons/new/", people.new_person, name="person-new"),
    path("persons/terms/", terms.vocabulary, name="persons-terms"),
    path("persons/terms/<uuid:pk>/withdraw/", terms.withdraw, name="persons-term-withdraw"),
    path("persons/matching/", matching.queue, name="persons-matching"),
    path("persons/matching/look/", matching.look, name="persons-look"),
    path("persons/matching/<uuid:pk>/", matching.pair, name="persons-pair"),
    path("persons/merges/<uuid:pk>/apart/", matching.apart, name="persons-apart"),
    path("persons/claims/<uuid:claim>/", claims.claim, name="person-claim"),
    path("persons/claims/<uuid:claim>/correct/", claims.correct, name="person-claim-correct"),
    path("persons/claims/<uuid:claim>/withdraw/", claims.withdraw, name="person-claim-withdraw"),
    path("persons/chain/<str:unit>/", people.chain_page, name="chain-of-command"),
    path("persons/record/<str:code>/", people.person, name="register-person"),
    path("persons/record/<str:code>/withdraw/", people.withdraw, name="person-withdraw"),
    path("persons/record/<str:code>/beside/", matching.put_beside, name="person-beside"),
    path("persons/record/<str:code>/claim/<slug:kind>/", claims.new_claim, name="person-claim-new"),
]
