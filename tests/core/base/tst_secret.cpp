// SPDX-License-Identifier: Apache-2.0
#include "base/secret.h"

#include "support/test_program.h"

#include <QDebug>
#include <QTest>

#include <type_traits>

namespace tst_secret {

using base::Secret;

namespace {

template <class T>
concept Printable = requires(QDebug debug, const T& value)
{
    debug << value;
};

static_assert(Printable<QByteArray>);
static_assert(!Printable<Secret>, "a secret must not find its way into a log");
static_assert(!std::is_convertible_v<Secret, QByteArray>);
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);

} // namespace

class TestSecret : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesNothingBehindWhenMoved()
    {
        Secret first(QByteArrayView("correct horse"));
        const Secret second = std::move(first);
        QVERIFY(first.isEmpty());
        QCOMPARE(second.view().toByteArray(), QByteArray("correct horse"));
    }

    void aCopyHasBytesOfItsOwn()
    {
        const Secret first(QByteArrayView("correct horse"));
        const Secret copy = first.clone();
        QVERIFY(first == copy);
        QVERIFY(first.view().data() != copy.view().data());
    }
};

SEALWRIGHT_TEST(TestSecret)

} // namespace tst_secret

#include "tst_secret.moc"
