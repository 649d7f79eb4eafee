"""NDlib (Rossetti et al. 2018), as its documentation says: a networkx graph, a Configuration, `iteration`. Argument: the instance.

NDLIB_DIR may name a folder to import it from. A check's small instance lies beside the instance. NDlib draws from numpy's global generator.
"""
import os
import sys

import numpy as np

from instance import Instance, serve, skip

sys.path[:0] = [folder for folder in os.environ.get("NDLIB_DIR", "").split(os.pathsep) if folder]
try:
    import networkx
    import ndlib.models.ModelConfig as config
    import ndlib.models.epidemics as epidemics
    import ndlib.models.opinions as opinions
except ImportError as error:
    skip(error)

MODELS = {
    3: (opinions.VoterModel, {}),
    4: (opinions.QVoterModel, {"q": 3}),
    5: (epidemics.SIRModel, {"beta": 0.05, "gamma": 0.2}),
}


def graph_of(instance):
    graph = networkx.Graph()
    graph.add_nodes_from(range(instance.count))
    looked = instance.square()
    graph.add_edges_from((me, int(other)) for me in range(instance.count) for other in looked[me] if me < other)
    return graph


def begin(instance, graph):
    """A model in the start state. The first iteration only reports that state."""
    kind, params = MODELS[instance.code]
    model = kind(graph)
    settings = config.Configuration()
    for name, value in params.items():
        settings.add_model_parameter(name, value)
    settings.add_model_initial_configuration("Infected", np.flatnonzero(instance.start).tolist())
    model.set_initial_status(settings)
    model.iteration(node_status=False)
    return model


def take(model, steps):
    for _ in range(steps):
        model.iteration(node_status=False)


def main(path):
    np.random.seed(1)
    instance, small = Instance(path), Instance(f"{path}.check")
    graph, small_graph = graph_of(instance), graph_of(small)

    def run(steps, mark):
        model = begin(instance, graph)
        mark()
        take(model, steps)
        mark()
        return None

    def samples():
        found = {}
        for _ in range(small.check_runs):
            model = begin(small, small_graph)
            take(model, small.check_steps)
            values = np.fromiter(model.status.values(), dtype=int)
            shares = [float(np.mean(values == value)) for value in (0, 1, 2)]
            if small.code == 5:
                sample = {"infected": shares[1], "removed": shares[2]}
            else:
                sample = {"up": shares[1], "mixture": 4 * shares[0] * shares[1]}
            for name, value in sample.items():
                found.setdefault(name, []).append(value)
        return found

    serve("", run, samples)


main(sys.argv[1])
