namespace OrleansIdentity.Scim.Bulk;

/// <summary>Finds which nodes of a graph need each other, directly or not (Tarjan's strongly connected components).</summary>
/// <param name="needs">For each node those that it needs.</param>
internal sealed class Circles(List<int>[] needs)
{
    private readonly int[] _found = new int[needs.Length];
    private readonly int[] _lowest = new int[needs.Length];
    private readonly bool[] _isOpen = new bool[needs.Length];
    private readonly Stack<int> _open = new();
    private readonly List<List<int>> _circles = [];
    private int _count;

    /// <summary>Every node in exactly one list: alone, or with those that it is in a circle with.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Find()
    {
        for (var node = 0; node < needs.Length; node++)
        {
            if (_found[node] == 0)
            {
                Visit(node);
            }
        }

        return _circles;
    }

    // As deep as the request has operations at most.
    private void Visit(int node)
    {
        _found[node] = _lowest[node] = ++_count;
        _open.Push(node);
        _isOpen[node] = true;
        foreach (var other in needs[node])
        {
            if (_found[other] == 0)
            {
                Visit(other);
                _lowest[node] = Math.Min(_lowest[node], _lowest[other]);
            }
            else if (_isOpen[other])
            {
                _lowest[node] = Math.Min(_lowest[node], _found[other]);
            }
        }

        if (_lowest[node] != _found[node])
        {
            return;
        }

        var circle = new List<int>();
        int member;
        do
        {
            member = _open.Pop();
            _isOpen[member] = false;
            circle.Add(member);
        }
        while (member != node);
        _circles.Add(circle);
    }
}
