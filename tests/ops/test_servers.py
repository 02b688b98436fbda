"""The servers that tests start for themselves."""

import psycopg
import pytest
import redis

from tests.plugins.servers import RedisServer


@pytest.mark.postgres
def test_each_test_gets_an_empty_database_of_its_own(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


@pytest.mark.redis
def test_redis_keeps_its_content_over_a_stop_and_a_start(redis_server: RedisServer) -> None:
    client = redis.Redis.from_url(redis_server.url)
    client.set("key", "kept")
    redis_server.stop()
    with pytest.raises(redis.exceptions.ConnectionError):
        client.get("key")
    redis_server.start()
    assert client.get("key") == b"kept"
