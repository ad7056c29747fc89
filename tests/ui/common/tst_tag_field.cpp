// SPDX-License-Identifier: Apache-2.0
#include "ui/common/tag_field.h"

#include "support/test_program.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QTest>

namespace tst_tag_field {

using namespace Qt::StringLiterals;
using ui::TagField;

/// The line that tags are typed into.
class TagFieldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTagsApartByCommas()
    {
        TagField field(u"tags"_s, u"Tags"_s);
        QVERIFY(field.tags()->isEmpty());
        field.setText(u" web, team payments,WEB , "_s);
        QCOMPARE(lifecycle::tagNames(*field.tags()), QStringList({u"web"_s, u"team payments"_s}));
        field.setText(u"web, \"x\""_s);
        QCOMPARE(field.tags().error().field(), u"tags"_s);
    }

    void completesTheLastTagAndKeepsTheOthers()
    {
        TagField field(u"tags"_s, u"Tags"_s);
        field.setKnown({u"mail"_s, u"Prod"_s, u"web"_s});
        field.show();
        QVERIFY(QTest::qWaitForWindowActive(&field));
        field.setFocus();
        QTest::keyClicks(&field, u"web,  pr"_s);
        QTRY_VERIFY(field.completer()->popup()->isVisible());
        QCOMPARE(field.completer()->completionCount(), 1);
        QTest::keyClick(field.completer()->popup(), Qt::Key_Down);
        QTest::keyClick(field.completer()->popup(), Qt::Key_Return);
        QCOMPARE(field.text(), u"web, Prod"_s);
    }

    void offersAllThatAreKnownWithoutAWordTyped()
    {
        TagField field(u"tags"_s, u"Tags"_s);
        field.setKnown({u"mail"_s, u"web"_s});
        field.show();
        QVERIFY(QTest::qWaitForWindowActive(&field));
        QTest::keyClick(&field, Qt::Key_Down);
        QTRY_VERIFY(field.completer()->popup()->isVisible());
        QCOMPARE(field.completer()->completionCount(), 2);
    }
};

SEALWRIGHT_WINDOW_TEST(TagFieldTest)

} // namespace tst_tag_field

#include "tst_tag_field.moc"
