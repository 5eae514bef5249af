namespace OrleansIdentity.OktaSimulator.Management.Faults;

/// <summary>What can go wrong with an answer.</summary>
public enum FaultKind
{
    /// <summary>A 5xx.</summary>
    ServerError,

    /// <summary>429 with its usual headers.</summary>
    RateLimited,

    /// <summary>429 with a limit of 0: too many at once.</summary>
    TooManyAtOnce,

    /// <summary>Nothing is answered, ever.</summary>
    Silence,

    /// <summary>The body begins and does not go on.</summary>
    StuckBody,

    /// <summary>The connection ends in the middle of the body.</summary>
    BrokenBody,

    /// <summary>The body never ends.</summary>
    EndlessBody,

    /// <summary>The body is cut off, and the length is right: JSON that ends too early.</summary>
    CutJson,

    /// <summary>Status 200 with a page in HTML, as a gateway gives.</summary>
    Html,

    /// <summary>302 to <see cref="Fault.Target"/>.</summary>
    Redirect,

    /// <summary>A list without its items, and without a next page.</summary>
    EmptyList,

    /// <summary>A list with half of its items, and without a next page.</summary>
    PartialList,

    /// <summary>A page without any links.</summary>
    NoLinks,

    /// <summary>A page whose next one is <see cref="Fault.Target"/>.</summary>
    ForeignNext,

    /// <summary>A page whose next one is itself.</summary>
    LoopingNext,

    /// <summary>The place in the list is not known any more.</summary>
    ExpiredCursor,
}

/// <summary>A fault.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Path">Only for paths that contain this; nothing for all.</param>
/// <param name="Times">How often.</param>
public sealed record Fault(FaultKind Kind, string Path = "", int Times = 1)
{
    /// <summary>The address of a redirect or of a foreign page.</summary>
    public string Target { get; init; } = "";

    /// <summary>The status of a server error.</summary>
    public int Status { get; init; } = 500;

    /// <summary>How many requests pass before the first goes wrong.</summary>
    public int After { get; init; }
}

/// <summary>The faults that are still to come.</summary>
public sealed class FaultScript
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private List<Fault> _faults = [];

    /// <summary>Ends with the org, and with it all that hangs.</summary>
    internal CancellationToken End => _end.Token;

    /// <summary>Adds one.</summary>
    public void Add(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Drops all.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _faults = [];
        }
    }

    /// <summary>The fault of a request, if one is due.</summary>
    internal Fault? Next(string path)
    {
        lock (_lock)
        {
            for (var index = 0; index < _faults.Count; index++)
            {
                var fault = _faults[index];
                if (!path.Contains(fault.Path, StringComparison.Ordinal) || fault.Times <= 0)
                {
                    continue;
                }

                _faults[index] = fault.After > 0 ? fault with { After = fault.After - 1 } : fault with { Times = fault.Times - 1 };
                return fault.After > 0 ? null : fault;
            }

            return null;
        }
    }

    internal void LetGo() => _end.Cancel();
}
