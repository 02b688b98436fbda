"""The trail of a docket as a file that can be checked without the portal: one JSON line per event, each with its hash."""

from casework.models import Docket
from core import clock
from trail.models import Event
from trail.recording import canonical

_INTEGRITY = """本压缩包由江苏稀土监管系统导出。

一、文件完整性
在解压后的目录中执行：sha256sum -c SHA256SUMS
逐个文件显示“OK”（成功），即与导出时一致。
"""
_ORIGINALS = """%(number)s、文书
各文件夹按照卷内类别编排，文件名前的序号与卷内目录一致。文书、送达回证、笔录的PDF是出具或者定稿时固定的原件，其中文书和送达回证的
SHA-256校验值与公开核验页面（扫描文书上的二维码）所示一致。审批表的PDF按照办理相应步骤时写入办理记录的内容生成；
该步骤办理时系统尚未固定表单内容的，表中注明系补制。%(volumes)s由上述原件合订，并加盖连续页码。
"""
_EVIDENCE = """%(number)s、证据
文件名以“证据”和序号开头的，是证据的原文件，序号与证据材料清单一致，包括本案所依据的检查、线索中的证据。案卷中的证据影印页只供阅卷，以原文件为准。
"""
EXPLANATION = f"""{_INTEGRITY}
二、办理记录（办理记录.jsonl）
每行一条办理记录（JSON）。hash 是该行去掉 hash 一项后，按键名排序、不留空格、UTF-8 编码的文本的 SHA-256 校验值；
“案件办理流程记录.pdf”由办理记录生成，供阅卷使用，以办理记录为准。
previous_hash 等于上一行的 hash，第一行为 64 个 0。任何一行被修改、删除或者调换，校验值即不再衔接。

{_ORIGINALS % {"number": "三", "volumes": "“正卷.pdf”“副卷.pdf”"}}
{_EVIDENCE % {"number": "四"}}"""
# The 正卷 alone, for those outside the authority.
EXPLANATION_OF_MAIN = f"""{_INTEGRITY}
{_ORIGINALS % {"number": "二", "volumes": "“正卷.pdf”"}}
{_EVIDENCE % {"number": "三"}}"""


def of_docket(docket: Docket) -> bytes:
    """The chain of the docket, oldest first."""
    events = Event.objects.filter(stream=f"docket:{docket.pk}").order_by("position")
    return "".join(line(event) + "\n" for event in events.iterator(chunk_size=500)).encode()


def line(event: Event) -> str:
    """An event with everything its hash covers (trail.recording.fingerprint), and the hash."""
    return canonical(
        {
            "stream": event.stream,
            "position": event.position,
            "at": event.at.astimezone(clock.SHANGHAI).isoformat(timespec="microseconds"),
            "verb": event.verb,
            "actor_id": event.actor_id,
            "actor_name": event.actor_name,
            "on_behalf_of": event.on_behalf_of,
            "subject_type": event.subject_type,
            "subject_id": event.subject_id,
            "subject_label": event.subject_label,
            "docket_id": event.docket_id,
            "facts": event.facts,
            "request_id": event.request_id,
            "previous_hash": event.previous_hash,
            "hash": event.hash,
        }
    )
