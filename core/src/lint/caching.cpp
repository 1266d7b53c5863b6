namespace statuslab::lint::checks {}
