// SPDX-License-Identifier: Apache-2.0
#include "base/delivery.h"
#include "base/task_scope.h"
#include "support/await.h"
#include "support/test_program.h"

#include <QTest>

namespace tst_task_scope {

using base::Delivery;
using base::Task;
using base::TaskScope;

namespace {

Task<void> untilDelivered(Delivery<bool> end)
{
    co_await end;
}

Task<void> drainInto(TaskScope& scope, int& drained)
{
    co_await scope.drain();
    ++drained;
}

} // namespace

class TestTaskScope : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drainingAnEmptyScopeCompletesAtOnce();
    void drainingStopsAndWaitsForTheLastTask();
    void everyoneWhoDrainsIsAnswered();
};

void TestTaskScope::drainingAnEmptyScopeCompletesAtOnce()
{
    TaskScope scope;
    int drained = 0;
    support::await(drainInto(scope, drained));
    QCOMPARE(drained, 1);
    QVERIFY(scope.stopToken().stop_requested());
}

void TestTaskScope::drainingStopsAndWaitsForTheLastTask()
{
    TaskScope scope;
    const Delivery<bool> first;
    const Delivery<bool> second;
    scope.start(untilDelivered(first));
    scope.start(untilDelivered(second));
    int drained = 0;
    auto draining = drainInto(scope, drained);
    QVERIFY(scope.stopToken().stop_requested());
    first.deliver(true);
    QTRY_COMPARE(scope.running(), 1);
    QCOMPARE(drained, 0);
    second.deliver(true);
    support::await(std::move(draining));
    QCOMPARE(drained, 1);
}

void TestTaskScope::everyoneWhoDrainsIsAnswered()
{
    TaskScope scope;
    const Delivery<bool> end;
    scope.start(untilDelivered(end));
    int drained = 0;
    auto one = drainInto(scope, drained);
    auto other = drainInto(scope, drained);
    end.deliver(true);
    QTRY_COMPARE(drained, 2);
    support::await(std::move(one));
    support::await(std::move(other));
}

SEALWRIGHT_TEST(TestTaskScope)

} // namespace tst_task_scope

#include "tst_task_scope.moc"
