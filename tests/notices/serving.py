"""Ways to serve a notice, as an officer records them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from notices import services
from notices.models import Method, Relation

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def direct(notice, by, **fields):
    facts = {"place": "厂区", "recipient": "钱测试", "relation": Relation.LEGAL_REPRESENTATIVE, **fields}
    return services.record_service(notice=notice, method=Method.DIRECT, by=by, **facts)


def scan(name="回证.pdf", content=PDF):
    return SimpleUploadedFile(name, content)
