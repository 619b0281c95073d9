"""LIX counts as Björnsson did."""

from ska.core.readability import count_words_of, lix


def test_words_are_counted_without_figures() -> None:
    assert count_words_of("42 av 68 elever i årskurs 9 – två-tre fler.") == 6


def test_lix_is_sentence_length_plus_long_words() -> None:
    # 10 words, 2 sentences, 4 words longer than six letters: 5 + 40.
    assert lix("Nya elever kartläggs sent hos oss. Studiero varierar mellan klasser.") == 45


def test_a_short_text_has_no_lix() -> None:
    assert lix("För kort att mäta.") is None


def test_list_items_are_sentences() -> None:
    one_long = "vi ser att elever får stöd och vi ser att skolan är lugn"
    listed = "- vi ser att elever får stöd\n- och vi ser att skolan är lugn"

    assert (lix(listed) or 0) < (lix(one_long) or 0)
