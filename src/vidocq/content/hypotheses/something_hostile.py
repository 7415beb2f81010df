"""Something abnormal and harmful is going on that fits none of the named readings."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="something_hostile",
    title="Something else hostile",
    text="Something abnormal and harmful is going on that fits none of the named readings.",
    benign=False,
    prior_bits=-6.0,
    actions=(
        ("ask_owner", "user:actor", "Ask the owner of what is named here."),
        ("isolate", "ip:source", "Watch the machine closely, or isolate it."),
    ),
    catch_all=True,
)
