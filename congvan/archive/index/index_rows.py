"""The rows of one dispatch in the tables of the index."""

from __future__ import annotations

from typing import Any

from congvan.archive.index.doubt_weights import doubt_key, former_keys, weight_of
from congvan.archive.index.keys import (
    bands,
    body_key,
    deadline_ids,
    fingerprint,
    signature_words,
    so_hieu_key,
    words_of,
)
from congvan.archive.index.record_columns import JOINED_BY, values
from schemas.dispatch import Dispatch


def dispatch_row(dispatch: Dispatch) -> dict[str, Any]:
    """The row of a dispatch, its number among the passages left out."""
    header, source = dispatch.header, dispatch.source
    words = words_of(dispatch)
    print_ = fingerprint(words)
    return {
        "id": dispatch.id,
        "file_sha256": source.sha256,
        **values(header, without=["number"]),
        "so_hieu_key": so_hieu_key(header.so_hieu),
        "issuing_body_key": body_key(header.issuing_body),
        "signers": JOINED_BY.join(filter(None, (signer.name for signer in header.signers))) or None,
        "regime": dispatch.regime,
        "name": source.name,
        "media_type": source.media_type,
        "pages": source.pages,
        "ocr_confidence": source.ocr.mean_confidence if source.ocr else None,
        "warnings": len(dispatch.warnings),
        "signatures": signature_words(source.signatures),
        "words": len(words),
        "figures": " ".join(sorted(word for word in words if any(sign.isdigit() for sign in word))) or None,
        "recipients_key": body_key(JOINED_BY.join(header.recipients)),
        "name_key": body_key(source.name),
        "fingerprint": f"{print_:016x}" if print_ is not None else None,
        **{f"band_{place}": part for place, part in enumerate(bands(print_))},
    }


def deadline_rows(dispatch: Dispatch) -> list[dict[str, Any]]:
    """A row for each deadline."""
    texts = {directive.id: directive.text for directive in dispatch.directives}
    pages = [_page(dispatch, f"/deadlines/{place}") for place in range(len(dispatch.deadlines))]
    return [
        {
            **values(deadline, without=["id"]),
            "id": deadline_id,
            "dispatch_id": dispatch.id,
            "directive_text": texts.get(deadline.directive or ""),
            "page": page,
            "begin": deadline.start or dispatch.header.date,
            "assignees_key": body_key("; ".join(deadline.assignees)),
        }
        for deadline_id, deadline, page in zip(deadline_ids(dispatch), dispatch.deadlines, pages, strict=True)
    ]


def _page(dispatch: Dispatch, pointer: str) -> int | None:
    shown = dispatch.evidence.get(pointer)
    return shown[0].page if shown else None


def citation_rows(dispatch: Dispatch) -> list[dict[str, Any]]:
    """A row for each document cited."""
    return [
        {
            "dispatch_id": dispatch.id,
            "position": position,
            **values(reference),
            "so_hieu_key": so_hieu_key(reference.so_hieu),
        }
        for position, reference in enumerate(dispatch.references)
    ]


def doubt_rows(dispatch: Dispatch) -> list[dict[str, Any]]:
    """A row for each warning."""
    return [
        {
            "dispatch_id": dispatch.id,
            "position": position,
            "key": doubt_key(notice),
            "former_keys": " ".join(former_keys(notice)),
            "code": notice.code,
            "weight": weight_of(notice),
            "message": notice.message,
            "pointer": notice.pointer,
            "page": notice.page,
            "suggestion": notice.suggested,
        }
        for position, notice in enumerate(dispatch.warnings)
    ]
