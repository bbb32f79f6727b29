"""The page for the bench: whole in itself, every step with a box, and no word of a customer becomes code."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import segno

from jewelgen.bench.ticket import Ticket
from jewelgen.paper.contents import Drawings
from jewelgen.paper.drawing import Sheet
from jewelgen.paper.job import job_qr
from jewelgen.paper.page import plan_html
from jewelgen.paper.templates import Templates

VOID = {"meta", "input", "br"}


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.boxes, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag == "input":
            self.boxes.append(dict(attrs)["id"])
        elif tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def test_the_page_is_whole(written, ring_plan):
    page = written["plan.html"].decode()
    read = Tags()
    read.feed(page)
    assert read.open == []
    assert len(read.boxes) == len(set(read.boxes))
    assert [box for box in read.boxes if box[0] == "s"] == [
        f"s{step.n}" for step in ring_plan.steps
    ]
    said = " ".join(read.text)
    assert all(step.text in said for step in ring_plan.steps)
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", page)
    assert "viewport" in page


def test_words_of_a_customer_stay_words(ring_plan):
    plan = replace(ring_plan, ticket=Ticket("J-7", customer="<script>alert(1)</script>"))
    blank = Sheet("", "<svg></svg>", (0.0, 0.0, 1.0, 1.0))
    page = plan_html(plan, Drawings(blank, blank, blank, Templates("", (), 1.0, 1.0, ())))
    assert "<script>alert" not in page
    assert page.count("<script>") == 1


def test_the_code_is_the_job(ring_plan):
    one = replace(ring_plan, ticket=Ticket("J-7"))
    assert job_qr(one) == job_qr(one) != job_qr(ring_plan)
    rows = segno.make("J-7", error="m", micro=False).symbol_size(border=2)
    assert f'viewBox="0 0 {rows[0]} {rows[1]}"' in job_qr(one)
