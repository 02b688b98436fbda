"""Loads the test plugins of the project: what this machine has, real servers, real processes, matters at each stage."""

pytest_plugins = [
    "tests.plugins.servers",
    "tests.plugins.availability",
    "tests.plugins.prepared",
    "tests.plugins.matters",
    "tests.plugins.database",
    "tests.plugins.emptying",
    "tests.plugins.memory",
    "tests.plugins.browsing",
    "tests.ops.collected",
    "tests.plugins.order",
]
