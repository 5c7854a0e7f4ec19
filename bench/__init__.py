"""What `make bench` measures, and the crowd of applications that the tests of scale share."""
