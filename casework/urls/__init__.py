"""URLs of casework, one module per subject."""

from casework.urls import deadlines, dockets, lists

app_name = "casework"
urlpatterns = [*dockets.urlpatterns, *deadlines.urlpatterns, *lists.urlpatterns]
