import sys; sys.path.insert(0,"/tmp/reader")
from pathlib import Path
import pytest, io
from openpyxl import load_workbook
from datetime import datetime
from aluplanner.document.document import Document
from aluplanner.document.plan_file import Doubt, SavingDoubtError
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.write import write_plan
from aluplanner.analysis.merging import merge_plans
from tests.document.small_plan import small_plan
from validate import validate
@pytest.fixture
def path(tmp_path):
    p=tmp_path/"plan.xlsx"; write_plan(small_plan(),p); return p
@pytest.fixture
def doc(path,qtbot):
    d=Document(small_plan()); d.open(path); yield d; d.close()
def edit(d,v=950.0,col="operating"): d.set_cell("plants","North",col,v)
def save(d,qtbot,*a,**k):
    with qtbot.waitSignal(d.saved): d.save(*a,**k)
def changes(p):
    wb=load_workbook(p); n=[s for s in wb.sheetnames if s.startswith("Changes")]
    return [r[2:6] for s in n for r in wb[s].iter_rows(values_only=True) if isinstance(r[0],datetime)]
def test_undo_while_saving(doc,path,qtbot):
    edit(doc); doc.save(); doc.undo_stack.undo()
    qtbot.waitUntil(lambda: not doc.is_saving)
    assert not doc.is_clean
    save(doc,qtbot)
    print(changes(path)); assert not validate(path.read_bytes())
    edit(doc,960.0); save(doc,qtbot); print(changes(path))
    assert len(changes(path))==3
def test_save_back_to_source(doc,path,qtbot):
    before=path.read_bytes()
    edit(doc); save(doc,qtbot); print(changes(path)); doc.undo_stack.undo(); save(doc,qtbot)
    print("same bytes", path.read_bytes()==before)
    edit(doc,777.0); save(doc,qtbot); print(changes(path)); assert doc.is_clean
def test_save_as_then_edit(doc,path,qtbot,tmp_path):
    edit(doc); save(doc,qtbot,tmp_path/"other.xlsx"); edit(doc,930.0); save(doc,qtbot); assert read_plan(path).plants[0].operating!=930
    print(changes(tmp_path/"other.xlsx")); 
    assert read_plan(tmp_path/"other.xlsx").plants[0].operating==930.0
def test_two_saves_and_edit(doc,path,qtbot):
    edit(doc); doc.save(); edit(doc,940.0); doc.save(); edit(doc,930.0)
    qtbot.waitUntil(lambda: not doc.is_saving); assert not doc.is_clean; assert read_plan(path).plants[0].operating==940.0
    save(doc,qtbot); print(changes(path)); assert len(changes(path))==3
def test_gesture(doc,path,qtbot):
    doc.begin_gesture("drag",self:=object())
    for v in (910.,920.,930.): doc.set_cells("plants",[(0,"operating",v)],origin=self)
    doc.save()
    for v in (940.,950.): doc.set_cells("plants",[(0,"operating",v)],origin=self)
    doc.end_gesture()
    qtbot.waitUntil(lambda: not doc.is_saving); save(doc,qtbot); print(changes(path))
def test_merge_own(doc,path,qtbot):
    # colleague: opens, edits another cell, adds own sheet, saves via AluPlanner
    other=Document(small_plan()); other.open(path); other.set_cell("plants","South","operating",500.0) if False else other.set_cells("plants",[(1,"note","from colleague")]); 
    with qtbot.waitSignal(other.saved): other.save()
    other.close()
    wb=load_workbook(path); wb.create_sheet("Colleague")["A1"]="hello"; wb.save(path)
    edit(doc)
    with qtbot.waitSignal(doc.save_failed) as f: doc.save()
    assert f.args[0].doubt is Doubt.CHANGED
    theirs=read_plan(path)
    m=merge_plans(doc.saved_plan,doc.plan,theirs); doc.apply(m.plan(),"Merged"); doc.acknowledge(theirs)
    save(doc,qtbot)
    print(changes(path), load_workbook(path).sheetnames)
    r=read_plan(path); assert r.plants[1].note=="from colleague" and r.plants[0].operating==950.0
    assert "Colleague" in load_workbook(path).sheetnames
