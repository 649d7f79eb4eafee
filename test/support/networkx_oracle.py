"""An outside authority on graphs: measures given edge lists with networkx, and draws graphs of the same families with it.

Reads one JSON request from standard input and writes one JSON answer:
  {"measure": [{"nodes": n, "directed": bool, "edges": [[i, j], ...]}, ...]}  ->  [statistics, ...]
  {"color": [{"nodes": n, "directed": false, "edges": ...}, ...]}              ->  [[class of node 0, ...], ...]
  {"generate": {"family": f, "nodes": n, ..., "count": c, "seed": s}}         ->  [statistics, ...], each with "seconds"
"""

import json
import sys
import time

import networkx as nx


def measure(graph):
    out = [degree for _, degree in (graph.out_degree() if graph.is_directed() else graph.degree())]
    into = [degree for _, degree in (graph.in_degree() if graph.is_directed() else graph.degree())]
    statistics = {
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "meanDegree": sum(out) / len(out),
        "minOutDegree": min(out),
        "maxOutDegree": max(out),
        "minInDegree": min(into),
        "maxInDegree": max(into),
        "isolated": out.count(0),
        "histogram": [out.count(degree) for degree in range(max(out) + 1)],
        "selfLoops": nx.number_of_selfloops(graph),
    }
    if graph.is_directed():
        statistics["reciprocity"] = nx.reciprocity(graph)
    else:
        statistics["average"] = nx.average_clustering(graph)
        statistics["transitivity"] = nx.transitivity(graph)
    return statistics


def given(nodes, directed, edges):
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(edges)
    return graph


def draw(request, seed):
    nodes, family = request["nodes"], request["family"]
    if family == "erdos-renyi":
        probability = request["meanDegree"] / (nodes - 1)
        return nx.fast_gnp_random_graph(nodes, probability, seed=seed, directed=request.get("directed", False))
    if family == "random-regular":
        return nx.random_regular_graph(request["degree"], nodes, seed=seed)
    if family == "configuration":
        # Bayati, Kim & Saberi 2010: simple graphs with given degrees, by another method than stub matching with switches.
        return nx.random_degree_sequence_graph(request["degrees"], seed=seed, tries=100)
    raise ValueError(f"unknown family {family}")


def color(graph):
    # Welsh & Powell 1967; Python's sort keeps nodes of equal degree in the order of their numbers.
    classes = nx.greedy_color(graph, strategy="largest_first")
    return [classes[node] for node in range(len(graph))]


def main():
    request = json.load(sys.stdin)
    if "measure" in request:
        answer = [measure(given(**graph)) for graph in request["measure"]]
    elif "color" in request:
        answer = [color(given(**graph)) for graph in request["color"]]
    else:
        answer = []
        for index in range(request["generate"]["count"]):
            start = time.perf_counter()
            graph = draw(request["generate"], request["generate"]["seed"] + index)
            seconds = time.perf_counter() - start
            answer.append({**measure(graph), "seconds": seconds})
    json.dump(answer, sys.stdout)


main()
