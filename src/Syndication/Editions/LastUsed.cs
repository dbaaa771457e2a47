using System.Diagnostics.CodeAnalysis;

namespace Syndication.Editions;

/// <summary>Keeps the values of those keys that were used last. For any number of threads.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class LastUsed<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];

    /// <summary>The one used last comes first.</summary>
    private readonly LinkedList<(TKey Key, TValue Value)> _order = [];

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
            {
                value = default;
                return false;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Keeps a value; of more than may be kept, the one that was not used for longest is forgotten.</summary>
    public void Set(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (_nodes.Remove(key, out LinkedListNode<(TKey Key, TValue Value)>? former))
            {
                _order.Remove(former);
            }

            _nodes[key] = _order.AddFirst((key, value));
            if (_nodes.Count > most)
            {
                _nodes.Remove(_order.Last!.Value.Key);
                _order.RemoveLast();
            }
        }
    }
}
