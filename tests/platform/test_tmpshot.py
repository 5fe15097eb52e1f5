import os,sys,pytest
from django.urls import reverse
from tests.platform.test_audit_reads import *
@pytest.mark.django_db(transaction=True)
def test_shot(board, make_account, live_server):
    from playwright.sync_api import sync_playwright
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
    row=an_incident(board)
    c=Client(); c.force_login(board.accounts["operations"]); 
    for i in range(3): c.get(reverse("incident",args=[board.mission.code,row.pk]))
    o=Client(); o.force_login(make_account("overseer"))
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path="/usr/bin/chromium",args=["--no-sandbox"])
        for (w,h) in ((1366,768),(390,844)):
            ctx=b.new_context(viewport={"width":w,"height":h}); ctx.add_cookies([{"name":"sessionid","value":o.cookies["sessionid"].value,"url":live_server.url}])
            pg=ctx.new_page()
            for n,u in (("audit",reverse("audit")),("seen",reverse("audit-seen",args=["incidents.incident",row.pk])),("person",reverse("audit-person",args=[board.accounts["operations"].pk]))):
                r=pg.goto(live_server.url+u); pg.screenshot(path=f"/tmp/shot_{n}_{w}.png"); print(n,w,r.status,pg.evaluate("document.documentElement.scrollWidth"))
        b.close()
