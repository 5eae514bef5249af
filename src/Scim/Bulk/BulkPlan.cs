namespace OrleansIdentity.Scim.Bulk;

/// <summary>In which order the operations of a request are carried out: that of the request, but what refers to a POST comes after it.</summary>
public static class BulkPlan
{
    /// <summary>The steps, in order.</summary>
    public static IReadOnlyList<BulkStep> Of(IReadOnlyList<BulkOperation> operations)
    {
        var needs = Needs(operations);
        var circles = new Circles(needs).Find();
        var steps = circles.Select(indexes => new BulkStep(
            [.. indexes.Order().Select(index => operations[index])], indexes.Count > 1 || needs[indexes[0]].Contains(indexes[0]))).ToArray();
        return InOrder(steps, needs);
    }

    // For each operation those that must have been carried out before it. A reference to nothing is found out when it is to be resolved.
    private static List<int>[] Needs(IReadOnlyList<BulkOperation> operations)
    {
        var makers = operations.Where(operation => operation is { Creates: true, Error: null }).ToDictionary(operation => operation.BulkId!, operation => operation.Index, StringComparer.Ordinal);
        var lastOn = new Dictionary<string, int>(StringComparer.Ordinal);
        var needs = new List<int>[operations.Count];
        foreach (var operation in operations)
        {
            needs[operation.Index] = [.. operation.References.Where(makers.ContainsKey).Select(name => makers[name])];
            if (operation is { Creates: false, Target: { } target })
            {
                if (lastOn.TryGetValue(target, out var before))
                {
                    needs[operation.Index].Add(before);
                }

                lastOn[target] = operation.Index;
            }
        }

        return needs;
    }

    private static List<BulkStep> InOrder(BulkStep[] steps, List<int>[] needs)
    {
        var stepOf = new int[needs.Length];
        for (var step = 0; step < steps.Length; step++)
        {
            foreach (var operation in steps[step].Operations)
            {
                stepOf[operation.Index] = step;
            }
        }

        var waitsFor = new int[steps.Length];
        var followers = new List<int>[steps.Length];
        for (var step = 0; step < steps.Length; step++)
        {
            var before = steps[step].Operations.SelectMany(operation => needs[operation.Index]).Select(index => stepOf[index]).Where(other => other != step).Distinct().ToList();
            waitsFor[step] = before.Count;
            foreach (var other in before)
            {
                (followers[other] ??= []).Add(step);
            }
        }

        // Of those that may come next, always the one that the request has first.
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, steps.Length).Where(step => waitsFor[step] == 0).Select(step => (step, steps[step].Operations[0].Index)));
        var order = new List<BulkStep>(steps.Length);
        while (ready.TryDequeue(out var step, out _))
        {
            order.Add(steps[step]);
            foreach (var follower in followers[step] ?? [])
            {
                if (--waitsFor[follower] == 0)
                {
                    ready.Enqueue(follower, steps[follower].Operations[0].Index);
                }
            }
        }

        return order;
    }
}
