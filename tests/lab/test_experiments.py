"""The experiments: their curves, tables, plots and page, on points and on digits."""

import base64
import csv
import html.parser
import importlib
import json

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def no_window(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")


@pytest.fixture(scope="module")
def digits(lab):
    """A few of the embedded digits, as `load_images` gives them."""
    datasets = lab["train"].load_datasets()
    embedded = importlib.import_module(f"{datasets.__name__}.digits")
    train, labels, test, test_labels = embedded.load()
    return datasets.ImageData(train[:300], labels[:300], test[:100], test_labels[:100], source="digits")


def small_experiment(experiments, **variants):
    return experiments.Experiment("Small", experiments.Setting(hidden=(3,), epochs=4), variants)


def test_an_experiment_gives_every_variant_its_curves_and_leaves_out_what_is_still_to_do(lab, monkeypatch, capsys):
    experiments = lab["experiments_points"]

    def to_do(self, z):
        raise NotImplementedError("TODO B1: ReLU.forward")

    monkeypatch.setattr(lab["activations"].ReLU, "forward", to_do)
    problems = {"XOR": lab["train"].load_datasets().xor_data()}
    chosen = small_experiment(experiments, plain={}, ReLU={"activation": "ReLU"}, fast={"lr": 5.0})
    results = experiments.run(chosen, problems, seeds=[3, 4])
    assert [curves.variant for curves in results] == ["plain", "fast"]
    assert "ReLU on XOR left out: TODO B1: ReLU.forward" in capsys.readouterr().out
    assert results[0].loss.shape == results[0].accuracy.shape == (2, 4)
    assert np.array_equal(results[0].loss[:, 0], results[1].loss[:, 0])  # the same weights before the first step
    assert not np.array_equal(results[0].loss[:, 1], results[1].loss[:, 1])
    again = experiments.run(chosen, problems, seeds=[4])
    assert np.array_equal(again[0].loss[0], results[0].loss[1])


def test_the_row_of_a_variant_is_median_and_range_over_the_runs(lab):
    loss = np.array([[0.9, 0.1], [0.9, 0.3], [0.9, 0.2]])
    accuracy = np.array([[0.5, 1.0], [1.0, 1.0], [0.5, 0.75]])
    curves = lab["experiments_curves"].Curves
    row = curves("XOR", "plain", loss, accuracy).row()
    assert (row["loss median"], row["loss min"], row["loss max"]) == ("0.2", "0.1", "0.3")
    assert (row["accuracy median"], row["accuracy min"], row["accuracy max"]) == ("1", "0.75", "1")
    assert row["runs ever all right"] == 2
    assert row["first epoch all right median"] == "2"
    row = curves("MNIST", "plain", loss, accuracy, unseen=True).row()
    assert (row["accuracy after 1 median"], row["accuracy after 2 median"]) == ("0.5", "1")
    assert row["accuracy after 5 median"] == ""
    assert "runs ever all right" not in row


def test_the_finding_names_the_best_and_the_worst_and_takes_nan_for_worst(lab):
    curves, finding = lab["experiments_curves"].Curves, lab["experiments_curves"].finding
    right = np.ones((1, 1))
    results = [
        curves("XOR", "middling", np.array([[0.2]]), right),
        curves("XOR", "diverging", np.array([[np.nan]]), 0 * right),
        curves("XOR", "good", np.array([[0.1]]), right),
    ]
    line = finding(results)
    assert line.index("best good (loss 0.1, 100.00% right)") < line.index("worst diverging (loss nan, 0.00% right)")
    unseen = [
        curves("MNIST", "learned by heart", np.array([[0.0]]), 0.9 * right, unseen=True),
        curves("MNIST", "understood", np.array([[0.1]]), 0.95 * right, unseen=True),
    ]
    assert finding(unseen).startswith("MNIST: best understood")


def test_every_experiment_on_points_can_be_trained(lab):
    experiments = lab["experiments_points"]
    x, y = lab["train"].load_datasets().xor_data()
    for experiment in experiments.EXPERIMENTS.values():
        for changes in experiment.variants.values():
            setting = experiments.replace(experiment.common, **(changes | {"epochs": 2}))
            network = experiments.build(setting, np.random.default_rng(0))
            assert network.forward(x).shape == y.shape
            assert [layer.weight.shape[1] for layer in network.layers if hasattr(layer, "weight")] == [
                *setting.hidden,
                1,
            ]
            losses, accuracies = experiments.train_once(setting, x, y, seed=0)
            assert len(losses) == len(accuracies) == 2
            assert np.isfinite(losses).all()


def test_every_experiment_on_digits_can_be_trained_and_none_of_them_leaves_float32(lab, digits):
    runs = lab["experiments_mnist"]
    asked = {"mnist-depth", "mnist-activation", "mnist-batch-size", "mnist-epochs"}
    assert asked <= set(runs.DIGITS_EXPERIMENTS)
    for experiment in runs.DIGITS_EXPERIMENTS.values():
        for changes in experiment.variants.values():
            setting = runs.replace(experiment.common, **(changes | {"epochs": 1}))
            network = runs.build_digits(setting, 784, np.random.default_rng(0))
            assert {array.dtype for array in network.parameters()} == {np.dtype(np.float32)}
            assert network.forward(digits.test_images).dtype == np.float32
            losses, accuracies = runs.train_digits(setting, digits, seed=0)
            assert len(losses) == len(accuracies) == 1
            assert np.isfinite(losses).all() or setting.weights == "normal(0, 1)"


def test_a_run_on_digits_learns_and_depends_on_its_seed_alone(lab, digits):
    runs = lab["experiments_mnist"]
    setting = runs.DigitsSetting(hidden=(32,), batch_size=10, epochs=6)
    losses, accuracies = runs.train_digits(setting, digits, seed=1)
    assert losses[-1] < losses[0] / 3
    assert accuracies[-1] > 0.8
    assert runs.train_digits(setting, digits, seed=1) == (losses, accuracies)
    assert runs.train_digits(setting, digits, seed=2) != (losses, accuracies)


def test_held_out_images_are_not_learned_from(lab, digits):
    runs = lab["experiments_mnist"]
    images, labels, new_images, new_labels = runs.split(digits, runs.DigitsSetting(share=2 / 3, held_out=0.25))
    assert np.array_equal(images, digits.train_images[:150]) and np.array_equal(labels, digits.train_labels[:150])
    assert np.array_equal(new_images, digits.train_images[150:200])
    assert np.array_equal(new_labels, digits.train_labels[150:200])
    assert runs.split(digits, runs.DigitsSetting())[2] is digits.test_images


@pytest.mark.parametrize("layer", ["Tanh", "LeakyReLU"])
def test_the_further_activations_have_right_derivatives(lab, layer):
    rng = np.random.default_rng(6)
    z, weights = rng.normal(0, 2, (5, 3)), rng.normal(size=(5, 3))
    activation = getattr(lab["experiments_parts"], layer)()
    numeric = (activation.forward(z + 1e-6) - activation.forward(z - 1e-6)) / 2e-6
    activation.forward(z)
    assert np.allclose(activation.backward(weights), weights * numeric, rtol=0, atol=1e-8)


# The command line


class Page(html.parser.HTMLParser):
    """The headings, cells and pictures of a page."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.cells, self.pictures, self.tags = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "img":
            self.pictures.append(dict(attrs)["src"])

    def handle_endtag(self, tag):
        self.tags.append("/" + tag)

    def handle_data(self, data):
        {"h2": self.headings, "td": self.cells}.get(self.tags[-1] if self.tags else "", []).append(data)


def test_all_writes_tables_plots_and_a_page_that_needs_no_other_file(lab, tmp_path, monkeypatch, capsys):
    experiments = lab["experiments"]
    small = small_experiment(lab["experiments_points"], **{"plain": {}, "<fast>": {"lr": 5.0}})
    monkeypatch.setattr(experiments, "EXPERIMENTS", {"small": small})
    quick = [claim for claim in experiments.POINTS_CLAIMS if "no activation: share" in claim.statement]
    slow = [claim for claim in experiments.POINTS_CLAIMS if "momentum" in claim.statement]
    assert (len(quick), len(slow)) == (2, 1)
    monkeypatch.setattr(experiments, "POINTS_CLAIMS", slow + quick)
    experiments.main(["all", "--out", str(tmp_path), "--runs", "2"])
    lines = (tmp_path / "small.csv").read_text().splitlines()
    assert lines[0].startswith("problem,variant,runs,epochs,loss median")
    assert [line.split(",")[:4] for line in lines[1:]] == [
        [problem, variant, "2", "4"] for problem in ("linear", "XOR") for variant in ("plain", "<fast>")
    ]
    assert (tmp_path / "small.png").read_bytes().startswith(b"\x89PNG")
    assert "XOR: best" in capsys.readouterr().out
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.headings[0] == "Small" and page.headings[1].startswith("Published: 2-4-4-1")
    assert "<fast>" in page.cells and "fast" not in page.tags
    assert [base64.b64decode(source.partition(",")[2])[:4] for source in page.pictures] == [b"\x89PNG"]
    assert 'src="http' not in text and "<link" not in text and "<script" not in text
    assert all(claim.statement in page.cells for claim in quick)
    assert sum(cell.startswith("agrees") for cell in page.cells) == 2
    assert "not run here: python experiments.py published" in page.cells and slow[0].statement in page.cells
    assert not (tmp_path / "published.csv").exists()  # that of a full run stays as it was


def test_an_experiment_on_digits_says_which_data_it_used(lab, digits, tmp_path, monkeypatch, capsys):
    experiments = lab["experiments"]
    runs = lab["experiments_mnist"]
    common = runs.DigitsSetting(hidden=(8,), epochs=2)
    monkeypatch.setattr(
        experiments, "DIGITS_EXPERIMENTS", {"mnist-small": runs.DigitsExperiment("Small", common, {"one": {}})}
    )
    datasets = lab["train"].load_datasets()
    monkeypatch.setattr(datasets, "load_images", lambda: digits)
    monkeypatch.setattr(experiments, "load_datasets", lambda: datasets)
    experiments.main(["mnist", "--out", str(tmp_path), "--runs", "2"])
    assert "Small, on digits (mnist-small)" in capsys.readouterr().out
    with (tmp_path / "mnist-small.csv").open(encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["problem"], row["runs"], row["epochs"]) == ("digits", "2", "2")
    assert (tmp_path / "mnist-small.png").read_bytes().startswith(b"\x89PNG")
    assert not (tmp_path / "report.html").exists()


def test_figures_of_mnist_are_not_set_beside_those_of_other_digits(lab, digits, monkeypatch, capsys):
    experiments = lab["experiments"]
    datasets = lab["train"].load_datasets()
    monkeypatch.setattr(datasets, "load_images", lambda: digits)
    monkeypatch.setattr(experiments, "POINTS_CLAIMS", ())
    rows = experiments.beside_published(experiments.DIGITS_CLAIMS, range(1), datasets)
    assert "cannot be set beside" in capsys.readouterr().out
    assert {row["verdict"] for row in rows} == {"not run here: python experiments.py published"}
    assert {row["median"] for row in rows} == {""}


def test_mistakes_at_the_command_line_end_in_one_line(lab, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    for arguments, message in {
        ("depth", "--out", str(tmp_path / "file")): "file",
        ("nothing",): "invalid choice",
        ("depth", "--runs", "0"): "invalid choice",
    }.items():
        with pytest.raises(SystemExit) as stopped:
            lab["experiments"].main(list(arguments))
        said = stopped.value.code if isinstance(stopped.value.code, str) else capsys.readouterr().err
        assert message in said.splitlines()[-1]


# The page


def test_the_page_escapes_what_it_is_given(lab, tmp_path):
    page = lab["experiments_page"]
    hostile = "</td><script>alert(1)</script>"
    part = page.section(hostile, text=hostile, rows=[{hostile: hostile, "count": 3}])
    page.write_page(tmp_path / "page.html", hostile, hostile, [part])
    parsed = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert "script" not in parsed.tags
    assert parsed.headings == [hostile]
    assert parsed.cells == [hostile, "3"]


def test_numbers_stand_at_the_right_and_an_empty_table_says_so(lab):
    page = lab["experiments_page"]
    for text in ("3", "1,250", "52.38%", "0.5"):
        assert page.cell(text) == f'<td class="number">{text}</td>'
    assert page.cell("never") == "<td>never</td>"
    assert "nothing" in page.table([])


def test_settings_are_what_the_questions_ask_for(lab):
    named = lab["experiments_points"].EXPERIMENTS
    assert [changes["lr"] for changes in named["learning-rate"].variants.values()] == [0.001, 0.01, 0.1, 1.0]
    assert [changes["hidden"] for changes in named["hidden-units"].variants.values()] == [
        (4, 4), (10, 10), (20, 20), (64, 64),
    ]  # fmt: skip
    assert [len(changes["hidden"]) for changes in named["depth"].variants.values()] == [1, 2, 3, 4]
    assert json.dumps(sorted(named["activation"].variants)) == '["ReLU", "leaky ReLU", "sigmoid", "tanh"]'
