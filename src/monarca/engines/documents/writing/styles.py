"""The look of our Word files: paper, typefaces, and the styles the writer names."""

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm as Centimetres
from docx.shared import Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from monarca.engines.documents.writing.tables import Looks

REFERENCE = "Monarca Reference"
NOTE = "Monarca Note"
LABEL = "Monarca Label"
LINE = "Monarca Line"
PLACE = "Monarca Signature"
CELL = "Monarca Cell"

_FACE = "Georgia"
_INK = RGBColor(0x1D, 0x1A, 0x16)
_SOFT = RGBColor(0x5C, 0x55, 0x4B)
_WING = RGBColor(0xA8, 0x48, 0x0F)
_WIDTH, _HEIGHT, _SIDE = Centimetres(21.59), Centimetres(27.94), Centimetres(2.9)
_TEXT_WIDTH = Length(_WIDTH - 2 * _SIDE)


def apply(word: Word, *, language: str) -> None:
    """Gives an empty python-docx document our paper, styles and language (es-MX)."""
    _paper(word)
    _language(word, language)
    _built_in(word)
    _own(word)


def looks(word: Word) -> Looks:
    """What a table needs to know of the styles."""
    return Looks(
        table=_identifier(word, "Table Grid"),
        cell=_identifier(word, CELL),
        width=_TEXT_WIDTH,
    )


def _identifier(word: Word, name: str) -> str:
    return str(word.styles[name].style_id)


def _paper(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin = section.right_margin = _SIDE
    section.top_margin = section.bottom_margin = Centimetres(2.7)


def _language(word: Word, language: str) -> None:
    defaults = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is None:  # pragma: no cover - the template of python-docx has them
        raise ValueError("the Word template has no default run properties")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    mark.set(qn("w:eastAsia"), language)
    defaults.append(mark)
    theme = word.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), language)


def _built_in(word: Word) -> None:
    _dress(word, "Normal", size=11, after=7)
    title = _dress(word, "Title", size=22, after=6)
    title.font.small_caps = True
    _plain(title)
    subtitle = _dress(word, "Subtitle", size=13, color=_SOFT, after=2)
    subtitle.font.italic = False
    _plain(subtitle)
    heading = _dress(word, "Heading 1", size=13, before=16, after=6)
    heading.font.bold = True
    _dress(word, "List Bullet", size=11, after=3)
    caption = _dress(word, "Caption", size=10, before=8, after=4)
    caption.font.bold, caption.paragraph_format.keep_with_next = True, True
    _dress(word, "Header", size=9, color=_WING)
    _foot(_dress(word, "Footer", size=8.5, color=_SOFT))


def _own(word: Word) -> None:
    for name in (REFERENCE, NOTE, LABEL, LINE, PLACE, CELL):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
    _dress(word, REFERENCE, size=10.5, color=_SOFT, after=14)
    note = _dress(word, NOTE, size=10, color=_WING, before=4, after=8)
    note.font.bold, note.paragraph_format.keep_with_next = True, True
    _barred(note)
    label = _dress(word, LABEL, size=9.5, color=_SOFT, before=8)
    label.paragraph_format.keep_with_next = True
    _dress(word, LINE, size=11, after=2)
    _dress(word, PLACE, size=11, before=16, after=22)
    _dress(word, CELL, size=9.5, before=2, after=2)


def _dress(
    word: Word,
    name: str,
    *,
    size: float,
    color: RGBColor = _INK,
    before: float = 0,
    after: float = 0,
) -> ParagraphStyle:
    """The paragraph style with our typeface; sizes and distances in points."""
    style = word.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a paragraph style")
    style.font.size, style.font.color.rgb = Pt(size), color
    _typeface(style)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.alignment = WD_ALIGN_PARAGRAPH.LEFT
    return style


def _typeface(style: ParagraphStyle) -> None:
    """Our face for every script, in place of the theme's faces of python-docx's template."""
    style.font.name = _FACE
    for fonts in style.element.xpath("w:rPr/w:rFonts"):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), _FACE)


def _plain(style: ParagraphStyle) -> None:
    """Without the blue rule and the letter spacing of python-docx's template."""
    for path in ("w:rPr/w:spacing", "w:rPr/w:kern", "w:pPr/w:pBdr"):
        for old in style.element.xpath(path):
            old.getparent().remove(old)


def _barred(style: ParagraphStyle) -> None:
    """A bar at the left edge: a note is marked by shape and words, not by colour alone."""
    border = OxmlElement("w:pBdr")
    bar = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", str(_WING))):
        bar.set(qn(f"w:{name}"), value)
    border.append(bar)
    properties = style.element.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    if spacing is None:  # pragma: no cover - `_dress` has just set it
        raise ValueError("a note needs its distances first")
    spacing.addprevious(border)


def _foot(style: ParagraphStyle) -> None:
    tabs = style.paragraph_format.tab_stops
    tabs.clear_all()
    tabs.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
