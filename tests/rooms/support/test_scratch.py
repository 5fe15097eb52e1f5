import datetime as dt
import sys
import types
from decimal import Decimal

m=types.ModuleType("primacy.rooms.support.snapshots")
m.snapshot=lambda mission, units, day, levels: {u.pk: {"day": day.isoformat(), "commanders": []} for u in units}
try:
    import primacy.rooms.support.snapshots
except ImportError:
    sys.modules["primacy.rooms.support.snapshots"]=m
a=types.ModuleType("primacy.rooms.support.actions.adding")
def add_task(**k):
    from primacy.platform import clock
    from primacy.rooms.support.models import SupportTask
    k.setdefault("level",1)
    return SupportTask.objects.create(raised_on=clock.today(), due_on=clock.today(), marking=2, **k)
a.add_task=add_task
try:
    import primacy.rooms.support.actions.adding
except ImportError:
    sys.modules["primacy.rooms.support.actions.adding"]=a
import time

import pytest

from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.support.actions.conditions import *
from primacy.rooms.support.actions.deciding import *
from primacy.rooms.support.actions.deliveries import *
from primacy.rooms.support.actions.moves import *
from primacy.rooms.support.actions.policy import *
from primacy.rooms.support.actions.requests import *
from primacy.rooms.support.actions.screening import *
from primacy.rooms.support.actions.stops import *
from primacy.rooms.support.clearance import clearance
from primacy.rooms.support.elements import ELEMENTS
from primacy.rooms.support.errors import *
from primacy.rooms.support.queries import *
from tests.conftest import STEWARD


def test_walk(board, make_account):
    from primacy.platform.accounts.actions import create_account, ensure_organisation, grant_role
    from primacy.platform.accounts.queries import viewer_of
    today=dt.date.today()
    mission=board.mission
    def acc(label, role, org):
        x=create_account(actor=STEWARD,email=f"{label}@x.org",name=label,organisation=ensure_organisation(actor=STEWARD,name=org,party="mission"))
        grant_role(actor=STEWARD,account=x,role=role,mission_id=mission.pk); return viewer_of(x)
    leader=acc("leader","leadership","Head office"); hr2=acc("hr2","human_rights","Human rights component")
    hr=board["human_rights"]; planner=board["planner"]; adviser=board["adviser"]
    src=ensure_source(actor=STEWARD,mission_id=mission.pk,title="s")
    big=add_unit(actor=planner,mission=mission,code="b1",name="Brigade",force="Police",side="local",source=src,seen_on=today)
    small=add_unit(actor=planner,mission=mission,code="b2",name="Battalion",force="Police",side="local",source=src,parent=big,seen_on=today)
    put_policy_in_force(actor=hr,mission=mission,title="P",offices=[NewOffice("hr","HR",hr.organisation_id),NewOffice("pol","UNPOL",None)],source_title="SOP")
    put_framework_in_force(actor=hr,mission=mission,title="F",sections={"forces":"x"},source_title="fr")
    t=RequestTerms(title="Fuel",kind="fuel",starts_on=today,ends_on=today+dt.timedelta(days=100),asked_for_by="UNPOL",place="x",quantity=Decimal(100),quantity_unit="litres",budget=Decimal(5),currency="USD",budget_line="b",objective="o",absorption="a",baseline="b",sustainment="s",cost_year_3=Decimal(1),cost_year_5=Decimal(1))
    t0=time.time()
    case=draft_request(actor=planner,mission=mission,terms=t,recipients=[NewRecipient("unit",unit=small)])
    case=move_case(actor=planner,case=case,act="submit")
    with pytest.raises(MoveRefused) as e: move_case(actor=hr,case=case,act="validate")
    print(e.value)
    determine_scope(actor=hr,case=case,clause="in.logistics",reason="fuel")
    note_command(actor=hr,case=case)
    case=move_case(actor=hr,case=case,act="validate")
    case=move_case(actor=hr,case=case,act="screen")
    with pytest.raises(MoveRefused) as e: move_case(actor=hr,case=case,act="consolidate")
    print(e.value)
    [r]=recipients_of(hr,case)
    for o,who in zip(offices_of(hr,case),(hr,adviser)):
        answer_for(actor=who,recipient=r,office=o,colour="green",reason="n",searched="files")
    case=move_case(actor=hr,case=case,act="consolidate")
    assess_risk(actor=hr,case=case,answers={e.code:"x" for e in ELEMENTS},risks=[Risk("r",2,2,"m",1,1)],real_risk=False)
    recommend(actor=hr,recipient=r,colour="green",commentary="c")
    case=move_case(actor=hr,case=case,act="send")
    with pytest.raises(Exception) as e: decide(actor=hr,case=case,ruling="approved",reasons="x")
    print(e.value)
    decide(actor=leader,case=case,ruling="approved",reasons="x")
    case=move_case(actor=hr,case=case,act="activate")
    print(case.state, time.time()-t0)
    c=clearance(planner,mission,purpose="fuel",day=today,unit=small); print(c.answer,c.reasons)
    print(clearance(planner,mission,purpose="money",day=today,unit=small))
    print(clearance(board["commander"],mission,purpose="fuel",day=today,unit=small))
    h=Handed("Diesel",Decimal(60),"litres",today,"note")
    t0=time.time()
    d=deliver(actor=planner,recipient=r,handed=h); print("deliver",time.time()-t0)
    d=deliver(actor=planner,recipient=r,handed=h); print(d.outside)
    t0=time.time()
    s=suspend(actor=leader,mission=mission,unit=big,reason="r",told_host="t"); print("suspend",time.time()-t0)
    case.refresh_from_db(); print(case.state)
    with pytest.raises(NotCleared) as e: deliver(actor=planner,recipient=r,handed=h)
    print(e.value)
    ended=reinstate(actor=hr,suspension=s,reason="ok"); print(ended)
    f=record_finding(actor=hr,mission=mission,unit=big,test="gross",basis="b",source_title="x")
    print(clearance(planner,mission,purpose="fuel",day=today,unit=small))
    lift_finding(actor=hr2,finding=f,reason="r")
    print(clearance(planner,mission,purpose="fuel",day=today,unit=small).answer)
