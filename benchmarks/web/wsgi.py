"""What gunicorn serves in the benchmark: the site with the floor page."""

import django

from benchmarks.web.site import application as make

django.setup()
application = make()
