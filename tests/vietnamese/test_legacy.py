"""Legacy encodings: decode tables, fonts' names, detection without fonts; tone placement."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from vietnamese import tcvn3, vni
from vietnamese.legacy import decode_run, detect, encoding_of_font, is_unicode
from vietnamese.tones import tone_key

LOWER = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"  # 67 letters
TCVN3_SENTENCE = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc, ban hµnh quyÕt ®Þnh nµy"
VNI_SENTENCE = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc, ban haønh quyeát ñònh naøy"
SENTENCE = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc, ban hành quyết định này"


def test_tcvn3_has_a_byte_for_every_small_letter() -> None:
    assert sorted(letter for letter in tcvn3.BY_BYTE.values() if letter.islower()) == sorted(LOWER)


def test_vni_codes_every_letter_of_both_cases() -> None:
    assert set(vni.TABLE.values()) == set(LOWER) | set(LOWER.upper())


def test_sentences_decode() -> None:
    assert tcvn3.decode(TCVN3_SENTENCE) == SENTENCE
    assert vni.decode(VNI_SENTENCE) == SENTENCE
    assert vni.decode("COÄNG HOØA XAÕ HOÄI") == "CỘNG HÒA XÃ HỘI"


def test_the_soft_hyphen_is_a_letter_in_tcvn3() -> None:
    assert tcvn3.decode("Nh\u00ad trªn, L\u00adu: VT") == "Như trên, Lưu: VT"


@pytest.mark.parametrize(
    ("font", "encoding"),
    [(".VnTime", "tcvn3"), (".VnArialH", "tcvn3"), ("VNI-Times", "vni"), ("Times New Roman", None), (None, None)],
)
def test_the_font_names_the_encoding(font: str | None, encoding: str | None) -> None:
    assert encoding_of_font(font) == encoding


def test_runs_are_converted_by_font() -> None:
    assert decode_run("ñy ban nh©n d©n", ".VnTimeH") == ("ỦY BAN NHÂN DÂN", "tcvn3")
    assert decode_run("Số 15", "VNI-Times") == ("Số 15", None)  # Unicode typed on in an old font
    assert decode_run("So 15/QD", ".VnTime") == ("So 15/QD", None)
    assert decode_run("Céng", "Arial") == ("Céng", None)


def test_unicode_typed_into_an_old_template_is_known() -> None:
    assert is_unicode("Các xã báo cáo", ".VnTime")  # decoded it would be "Cỏc xó bỏo cỏo", and no syllable is "Cỏc"
    assert is_unicode("Hòa giải ở cơ sở", ".VnTime")
    assert not is_unicode("C¸c x· b¸o c¸o", ".VnTime")
    assert not is_unicode("Bao cao nam 2004", ".VnTime")
    assert not is_unicode(VNI_SENTENCE, "VNI-Times")


@pytest.mark.parametrize(("text", "encoding"), [(TCVN3_SENTENCE, "tcvn3"), (VNI_SENTENCE, "vni"), (SENTENCE, None)])
def test_legacy_text_without_fonts_is_noticed(text: str, encoding: str | None) -> None:
    assert detect(text) == encoding


def test_french_is_no_legacy_vietnamese() -> None:
    text = "Le préfet a décidé que la société générale sera fermée après l'été, à côté de l'hôtel où il a été élevé"
    assert detect(text) is None


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Uỷ ban, UỶ BAN, ủy ban", "Ủy ban, ỦY BAN, ủy ban"),
        ("hoà, khoẻ, thuỷ", "hòa, khỏe, thủy"),
        ("quý, quỹ, hoàn, hoạt, thuyền", "quý, quỹ, hoàn, hoạt, thuyền"),
    ],
)
def test_tone_placement_has_one_key(printed: str, key: str) -> None:
    assert tone_key(printed) == key
    assert len(tone_key(printed)) == len(printed)


@pytest.mark.parametrize(
    ("data", "suggestion"),
    [
        (TCVN3_SENTENCE.encode("latin-1"), SENTENCE),
        (TCVN3_SENTENCE.encode(), SENTENCE),
        (VNI_SENTENCE.encode("latin-1"), SENTENCE),
        (VNI_SENTENCE.encode(), SENTENCE),
    ],
)
def test_a_text_file_in_a_legacy_encoding_is_kept_and_the_reading_proposed(data: bytes, suggestion: str) -> None:
    document = read_text(SourceFile(path=Path("a.txt"), media_type="text/plain", data=data))
    assert [(notice.code, notice.suggested) for notice in document.warnings] == [("legacy_encoding", suggestion)]
    assert suggestion not in document.text
