package io.hongbao.embedded.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests a real database and a real Redis: `@ExtendWith(EmbeddedServices.class)` and a
/// parameter of type [TestServices], in a test, a constructor or a `@BeforeAll`.
///
/// The servers start once for the whole run, when the first test asks; each test class gets a
/// database and a Redis database of its own, both empty. The system property
/// `hongbao.test.database` chooses `mariadb` (the default) or `mysql`; where MySQL cannot run, the
/// tests are skipped and say why. `hongbao.test.redis` chooses `single` (the default) or `cluster`.
/// `hongbao.runtime` names the folder for unpacked programs.
public final class EmbeddedServices implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(EmbeddedServices.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestServices.class;
  }

  @Override
  public TestServices resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Servers servers =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent(Servers.class, _ -> Servers.start(), Servers.class);
    ExtensionContext testClass = outermostClass(context);
    return testClass
        .getStore(NAMESPACE)
        .computeIfAbsent(
            TestServices.class,
            _ -> TestServices.create(servers, testClass.getDisplayName()),
            TestServices.class);
  }

  /// Nested test classes share what their outer class has.
  private static ExtensionContext outermostClass(ExtensionContext context) {
    ExtensionContext outermost = context;
    for (ExtensionContext at = context; at.getTestClass().isPresent(); at = parent(at)) {
      outermost = at;
    }
    return outermost;
  }

  private static ExtensionContext parent(ExtensionContext context) {
    return context.getParent().orElseGet(context::getRoot);
  }
}
