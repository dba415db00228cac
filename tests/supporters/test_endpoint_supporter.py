from servers import Server, always, error
from supporters.talking import SEEKER, fault, talk


def test_the_system_prompt_and_the_whole_talk_are_sent_each_time() -> None:
    with Server() as server:
        replies = talk(kind="chat", base_url=server.base_url, model="m", system_prompt="Listen.", turns=2)
        first, second = server.asked
    system = {"role": "system", "content": "Listen."}
    opening = {"role": "user", "content": SEEKER[0]}
    assert first.messages == [system, opening]
    assert second.messages == [
        system,
        opening,
        {"role": "assistant", "content": replies[0].text},
        {"role": "user", "content": SEEKER[1]},
    ]
    assert (first.body["seed"], second.body["seed"]) == (100, 101)
    assert replies[1].usage.tokens_out == 3


def test_the_prompt_of_the_dialogues_language() -> None:
    prompts = {"en": "Listen.", "zh": "请倾听。"}
    with Server() as server:
        talk(kind="chat", base_url=server.base_url, model="m", system_prompt=prompts, language="zh")
        assert server.asked[0].messages[0]["content"] == "请倾听。"


def test_where_the_supporter_begins_a_users_greeting_stands_first_in_every_call() -> None:
    with Server() as server:
        greeting, _ = talk(kind="chat", base_url=server.base_url, model="m", supporter_begins=True, turns=2)
        roles = [[message["role"] for message in asked.messages] for asked in server.asked]
        assert roles == [["user"], ["user", "assistant", "user"]]
        assert server.asked[1].messages[0] == server.asked[0].messages[0]
        assert server.asked[1].messages[1]["content"] == greeting.text


def test_a_fault_of_the_server_is_told() -> None:
    with Server(always(error(404, "no such model"))) as server:
        assert fault(kind="chat", base_url=server.base_url, model="m").kind == "unknown-model"
