# The same limits and flags as package stats makes, in base R, vectorised over
# the rows: exact binomial limits (Spiegelhalter 2005) and exact tails.
args <- commandArgs(TRUE)
rows <- read.csv(args[1])
r <- rows$numerator
n <- rows$denominator

funnel <- function(r, n) {
  theta <- sum(r) / sum(n)
  limit <- function(p, up) {
    q <- qbinom(p, n, theta)
    f <- pbinom(q, n, theta)
    alpha <- (f - p) / (f - pbinom(q - 1, n, theta))
    if (up) pmin(1, (q + 1 - alpha) / n) else pmax(0, (q - alpha) / n)
  }
  low <- pbinom(r, n, theta)
  high <- pbinom(r - 1, n, theta, lower.tail = FALSE)
  flag <- ifelse(high <= .001, 3, ifelse(high <= .025, 2, ifelse(low <= .001, 5, ifelse(low <= .025, 4, 1))))
  data.frame(low998 = limit(.001, FALSE), low95 = limit(.025, FALSE), high95 = limit(.975, TRUE), high998 = limit(.999, TRUE), flag = flag)
}

times <- numeric(201)
for (i in seq_along(times)) {
  start <- Sys.time()
  f <- funnel(r, n)
  times[i] <- as.numeric(Sys.time() - start, units = "secs") * 1000
}
here <- read.csv(args[2])
cat(sprintf("%.6f %.3g %d\n", median(times), max(abs(as.matrix(f[, 1:4]) - as.matrix(here[, 1:4]))), sum(f$flag != here$flag)))
