// One after the other: what is measured on the way must not be the load of another test.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
