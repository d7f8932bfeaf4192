# The numbers of R's sna and igraph for a network: Rscript oracle.R EDGES.csv GROUPS.csv Y.csv X1.csv X2.csv
# A line for each number: what it is, the position (or the name) it belongs to, the number.
suppressMessages({library(sna); library(igraph, warn.conflicts = FALSE)})
given <- commandArgs(trailingOnly = TRUE)
edges <- as.matrix(read.csv(given[1])) + 1
groups <- read.csv(given[2], colClasses = "character")[[1]]
size <- length(groups)
adjacency <- matrix(0, size, size)
adjacency[edges] <- 1
say <- function(what, values) {
  names <- if (is.null(names(values))) seq_along(values) - 1 else names(values)
  cat(sprintf("%s,%s,%.15g\n", what, names, values), sep = "")
}

found <- sna::brokerage(adjacency, groups)
roles <- c("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
for (at in seq_along(roles)) {
  say(paste0("raw ", roles[at]), unname(found$raw.nli[, at]))
  say(paste0("expected ", roles[at]), unname(found$exp.nli[, at]))
  say(paste0("variance ", roles[at]), unname(found$sd.nli[, at])^2)
  say(paste0("z ", roles[at]), unname(found$z.nli[, at]))
}

graph <- graph_from_adjacency_matrix(adjacency, mode = "directed")
plain <- as.undirected(graph, mode = "collapse")
say("betweenness", igraph::betweenness(graph))
reached <- apply(distances(graph, mode = "out"), 1, function(far) sum(is.finite(far)) - 1)
near <- igraph::closeness(graph, mode = "out", normalized = TRUE)
say("closeness", ifelse(reached > 0, near * reached / (size - 1), 0))
say("eigenvector", abs(eigen_centrality(plain)$vector) / sqrt(sum(eigen_centrality(plain)$vector^2)))
say("pagerank", page_rank(graph, damping = 0.85)$vector)
say("constraint", igraph::constraint(graph))
say("core", coreness(plain))

matrices <- lapply(given[3:5], function(file) as.matrix(read.csv(file, header = FALSE)))
y <- matrices[[1]]
set.seed(1)
say("correlation", gcor(y, matrices[[2]]))
tested <- qaptest(list(y, matrices[[2]]), gcor, g1 = 1, g2 = 2, reps = 2000)
say("correlation at least", tested$pgreq)
say("correlation at most", tested$pleeq)
fitted <- netlm(y, matrices[2:3], nullhyp = "qapspp", reps = 2000)
say("coefficient", unname(fitted$coefficients))
say("t", unname(fitted$tstat))
say("coefficient at least", unname(fitted$pgreq))
say("coefficient as far", unname(fitted$pgreqabs))
