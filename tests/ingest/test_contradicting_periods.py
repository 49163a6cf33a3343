"""One post held has one end: rows of one file that disagree are set aside, the first one stays."""

from pathlib import Path

from graphengine.specimen import expanded
from ingest.quarantine import listed, present
from tests.road import empty_workspace, take_in

_HEADER = "person_id,name,post,unit,division_code,start_date,end_date\n"


def _officials(folder: Path, rows: str) -> Path:
    path = folder / "officials.csv"
    path.write_text(expanded({"officials": _HEADER + rows})["officials"], "utf-8")
    return path


def test_another_end_of_the_same_tenure_is_set_aside(tmp_path: Path) -> None:
    path = _officials(
        tmp_path,
        "@li,李建明,村会计,柳湾村,V1,2016-01-10,\n"
        "@li,李建明,村会计,柳湾村,V1,2016-01-10,2019-01-01\n"
        "@li,李建明,村会计,柳湾村,V1,2016-01-10,\n"
        "@li,李建明,村会计,柳湾村,V1,2020-01-10,2022-01-01\n",
    )
    workspace = empty_workspace(tmp_path / "w")
    (report,) = take_in(workspace, path)
    assert (report.read, report.loaded, report.quarantined) == (4, 3, 1)
    (entry,) = listed(workspace)
    assert (entry.row, entry.column, entry.problem) == (3, "end_date", "period.contradicts")
    assert "row 2" in present(entry).reason.en


def test_a_later_file_may_bring_the_end(tmp_path: Path) -> None:
    workspace = empty_workspace(tmp_path / "w")
    take_in(workspace, _officials(tmp_path, "@li,李建明,村会计,柳湾村,V1,2016-01-10,\n"))
    (report,) = take_in(
        workspace, _officials(tmp_path, "@li,李建明,村会计,柳湾村,V1,2016-01-10,2019-01-01\n")
    )
    assert report.loaded == 1
