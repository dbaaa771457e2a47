using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Syndication.Tests.Support;

/// <summary>
/// Everything that the types of an assembly mention: base types, attributes, fields, signatures, constraints, generic arguments and
/// method bodies. Nested and compiler-made types count as the type around them. Inlined constants and nameof leave no trace.
/// </summary>
internal static class AssemblyReferences
{
    public static IEnumerable<Reference> Of(ModuleDefinition module) =>
        AllTypes(module).SelectMany(t => Mentioned(t).SelectMany(Parts).Select(Outermost).Where(m => m is not TypeDefinition made || !IsMade(made))
            .Select(m => Make(Outermost(t), m)))
            .Where(r => r.From != r.To)
            .Distinct();

    /// <summary>Types that a person wrote, nested ones included.</summary>
    public static IEnumerable<TypeDefinition> Written(ModuleDefinition module) => AllTypes(module).Where(t => !IsMade(t));

    private static IEnumerable<TypeDefinition> AllTypes(ModuleDefinition module) => module.GetTypes().Where(t => !IsMade((TypeDefinition)Outermost(t)));

    /// <summary>Made by the compiler or, in a namespace of their own, by a generator; a generator also marks types that a person began.</summary>
    private static bool IsMade(TypeDefinition type) =>
        type.Name.StartsWith('<')
        || type.CustomAttributes.Any(a => a.AttributeType.Name == "CompilerGeneratedAttribute"
            || (a.AttributeType.Name == "GeneratedCodeAttribute" && !Outermost(type).Namespace.StartsWith("Syndication", StringComparison.Ordinal)))
        || (type.DeclaringType is not null && IsMade(type.DeclaringType));

    private static Reference Make(TypeReference from, TypeReference to) =>
        new(from.FullName, from.Namespace, to.FullName, to.Namespace, (to.Scope as AssemblyNameReference)?.Name);

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is TypeReference outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference?> Mentioned(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. Constraints(type),
        .. Attributes(type),
        .. type.Fields.SelectMany(f => Attributes(f).Append(f.FieldType)),
        .. type.Properties.SelectMany(p => Attributes(p).Append(p.PropertyType)),
        .. type.Events.SelectMany(e => Attributes(e).Append(e.EventType)),
        .. type.Methods.SelectMany(m => Signature(m).Concat(Attributes(m)).Concat(m.Parameters.SelectMany(Attributes))
            .Concat(Attributes(m.MethodReturnType)).Concat(Constraints(m))),
        .. type.Methods.Where(m => m.HasBody).SelectMany(m => Body(m.Body)),
    ];

    private static IEnumerable<TypeReference?> Body(MethodBody body) =>
    [
        .. body.Variables.Select(v => v.VariableType),
        .. body.ExceptionHandlers.Select(h => h.CatchType),
        .. body.Instructions.SelectMany(i => Operand(i.Operand)),
    ];

    private static IEnumerable<TypeReference?> Operand(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. method.GenericArguments, .. Operand(method.ElementMethod)],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        CallSite site => Signature(site),
        _ => [],
    };

    private static IEnumerable<TypeReference?> Signature(IMethodSignature method) =>
        method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType);

    private static IEnumerable<TypeReference?> Constraints(IGenericParameterProvider owner) =>
        owner.GenericParameters.SelectMany(p => p.Constraints.Select(c => c.ConstraintType).Concat(Attributes(p)));

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider owner) => owner.CustomAttributes.SelectMany(a =>
        a.ConstructorArguments.Concat(a.Properties.Select(p => p.Argument)).Concat(a.Fields.Select(f => f.Argument))
            .SelectMany(Argument).Append(a.AttributeType));

    private static IEnumerable<TypeReference?> Argument(CustomAttributeArgument argument) => argument.Value switch
    {
        TypeReference type => [argument.Type, type],
        CustomAttributeArgument inner => Argument(inner),
        CustomAttributeArgument[] list => list.SelectMany(Argument).Append(argument.Type),
        _ => [argument.Type],
    };

    /// <summary>The named types in a type: itself without arrays, pointers and modifiers, and its generic arguments.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        FunctionPointerType function => Signature(function).SelectMany(Parts),
        IModifierType modified => Parts(modified.ElementType).Concat(Parts(modified.ModifierType)),
        TypeSpecification around => Parts(around.ElementType),
        _ => [type],
    };
}
