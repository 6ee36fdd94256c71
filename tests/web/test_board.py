from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from muster.web.board import Board, Span

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def spans(draw):
    start = draw(st.none() | DAYS)
    end = draw(st.none() | st.integers(0, 400)) if start else draw(st.none() | DAYS)
    if start and end is not None:
        end = start + timedelta(days=end)
    return Span("阶段", start, end, done=draw(st.integers(-5, 120)))


@given(st.lists(spans(), max_size=8), DAYS)
def test_every_bar_stays_on_the_board(phases, today):
    board = Board.of(phases, today=today)
    for bar in board.bars:
        assert float(bar.x) >= 0 and float(bar.x) + float(bar.width) <= 100.02
        assert 0 <= float(bar.done_width) <= float(bar.width)


def test_bars_follow_the_calendar():
    board = Board.of(
        [Span("一", date(2026, 4, 1), date(2026, 4, 15), 50), Span("二", date(2026, 4, 16), None)],
        today=date(2026, 4, 16),
    )
    assert [(b.x, b.width, b.done_width) for b in board.bars] == [
        ("0.00", "50.00", "25.00"),
        ("50.00", "50.00", "0.00"),
    ]
    assert board.today_x == "50.00" and [t.label for t in board.ticks] == ["4月"]


def test_a_board_of_another_year_has_no_line_for_today():
    assert Board.of([Span("一", date(2026, 4, 1), None)], today=date(2027, 1, 1)).today_x is None
