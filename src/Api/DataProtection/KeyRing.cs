using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OrleansIdentity.Grains.Contracts.Secrets;

namespace OrleansIdentity.Api.DataProtection;

/// <summary>Keeps the keys of Data Protection in the store, where every node finds them.</summary>
internal sealed class KeyRing(IGrainFactory grains) : IXmlRepository
{
    // Data Protection asks synchronously, once at start and then once a day; away from the caller's context, so that nothing can wait for itself.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Task.Run(() => Grain.ReadAsync()).GetAwaiter().GetResult().Select(element => XElement.Parse(element)).ToArray();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => Grain.AddAsync(element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();

    private IKeyRingGrain Grain => grains.GetGrain<IKeyRingGrain>(IKeyRingGrain.TheOne);
}
