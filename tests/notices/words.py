"""Complete words of a plain notice."""

WORDS = {
    "subject": "报送稀土产品流向台账",
    "paragraphs": ["请你单位于2026年12月1日前报送2026年10月的稀土产品流向台账。", "逾期不报的，依法处理。"],
    "contact": "联系人：王测试，电话0519-00000000",
}
