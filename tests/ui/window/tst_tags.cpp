// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/certificates/certificate_list_model.h"
#include "ui/common/banner.h"
#include "ui/window/window_fixture.h"

#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QTreeView>

namespace tst_tags {

using namespace Qt::StringLiterals;
using support::sampleScene;
using support::scene;
using support::WindowFixture;

/// Tags in the window: seeing them, asking for them, changing them and giving them to a new certificate.
class TagsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_fixture.close(); }

    void listsWhatHasTheTag()
    {
        showCertificates();
        m_fixture.type("certificateSearch", u"tag:mail"_s);
        QTest::keyClick(m_fixture.find("certificateSearch"), Qt::Key_Return);
        QTRY_COMPARE(list()->model()->rowCount(), 1);
        QCOMPARE(list()->model()->index(0, ui::CertificateListModel::Tags).data().toString(), u"mail, Prod"_s);
    }

    void changesTheTagsOfAllThatAreSelected()
    {
        showCertificates();
        select({0, 1});
        m_fixture.click("tagsButton");
        QVERIFY(m_fixture.find("tagsToAdd")->hasFocus());
        m_fixture.type("tagsToAdd", u"eu, Team Payments"_s);
        m_fixture.type("tagsToRemove", u"web"_s);
        QVERIFY(!scene().tagChange);
        QTest::keyClick(m_fixture.find("tagsToRemove"), Qt::Key_Return);
        WindowFixture::settle();
        QVERIFY(scene().tagChange);
        QCOMPARE(scene().tagChange->certificateIds, QStringList({u"k1"_s, u"k2"_s}));
        QCOMPARE(lifecycle::tagNames(scene().tagChange->add), QStringList({u"eu"_s, u"Team Payments"_s}));
        QCOMPARE(lifecycle::tagNames(scene().tagChange->remove), QStringList(u"web"_s));
        QVERIFY(!m_fixture.find("tagsToAdd")->isVisible());
    }

    void offersToTakeAwayWhatTheSelectedOnesHave()
    {
        showCertificates();
        select({0});
        m_fixture.click("tagsButton");
        QCOMPARE(offered("tagsToRemove"), QStringList({u"Prod"_s, u"web"_s}));
        select({0, 1});
        QCOMPARE(offered("tagsToRemove"), QStringList({u"mail"_s, u"Prod"_s, u"web"_s}));
        QCOMPARE(offered("tagsToAdd").size(), 3);
    }

    void saysWhatIsNoTagAndAsksForNothing()
    {
        showCertificates();
        select({0});
        m_fixture.click("tagsButton");
        m_fixture.type("tagsToAdd", u"a\"b"_s);
        m_fixture.click("tagsApply");
        QVERIFY(m_fixture.find<QLabel>("tagsFault")->text().contains(u"double quote"_s));
        QVERIFY(m_fixture.find("tagsFault")->isVisible());
        QVERIFY(!scene().calls.contains(u"changeTags"_s));
        QTest::keyClick(m_fixture.find("tagsToAdd"), Qt::Key_Escape);
        QVERIFY(!m_fixture.find("tagsToAdd")->isVisible());
        QVERIFY(list()->hasFocus());
    }

    void keepsWhatWasTypedWhereItFailed()
    {
        showCertificates();
        scene().errors.insert(u"changeTags"_s, base::Error(base::ErrorCode::NotFound, u"no such certificate: k1"_s));
        select({0});
        m_fixture.click("tagsButton");
        m_fixture.type("tagsToAdd", u"eu"_s);
        m_fixture.click("tagsApply");
        QVERIFY(m_fixture.find<ui::Banner>("certificatesBanner")->text().contains(u"k1"_s));
        QCOMPARE(m_fixture.find<QLineEdit>("tagsToAdd")->text(), u"eu"_s);
        QVERIFY(m_fixture.find("tagsToAdd")->isVisible());
    }

    void givesTagsToANewCertificate()
    {
        m_fixture.show(sampleScene());
        m_fixture.window().navigator().newCertificate(u"a1"_s);
        WindowFixture::settle();
        m_fixture.click("newCertificateAdvanced");
        m_fixture.type("newCertificateNames", u"www.corp.example"_s);
        m_fixture.find<QLineEdit>("newCertificateTags")->setText(u"a\"b"_s);
        m_fixture.click("issueButton");
        QVERIFY(!scene().placedOrder);
        QVERIFY(m_fixture.find<QLabel>("tagsNote")->text().contains(u"double quote"_s));
        m_fixture.find<QLineEdit>("newCertificateTags")->setText(u"web, eu"_s);
        m_fixture.click("issueButton");
        QVERIFY(scene().placedOrder);
        QCOMPARE(lifecycle::tagNames(scene().placedOrder->tags), QStringList({u"web"_s, u"eu"_s}));
    }

    void offersTheTagsThereAreForReissuing()
    {
        m_fixture.show(support::rotationScene());
        m_fixture.window().showScreen(ui::ScreenId::Authorities);
        WindowFixture::settle();
        m_fixture.click("authorityRoots");
        QCOMPARE(offered("rotationTag"), QStringList({u"web"_s, u"mail"_s, u"Prod"_s}));
        m_fixture.type("rotationTag", u"ma"_s);
        auto* completer = m_fixture.find<QLineEdit>("rotationTag")->completer();
        Q_EMIT completer->activated(completer->currentCompletion());
        WindowFixture::settle();
        QCOMPARE(scene().rootQuery->tag, u"mail"_s);
    }

private:
    void showCertificates()
    {
        m_fixture.show(sampleScene());
        m_fixture.window().showScreen(ui::ScreenId::Certificates);
        WindowFixture::settle();
    }

    QTreeView* list() { return m_fixture.find<QTreeView>("certificateList"); }

    void select(const QList<int>& rows) { m_fixture.selectRows("certificateList", rows); }

    /// What the field of that name completes from.
    QStringList offered(const char* field)
    {
        const QAbstractItemModel* model = m_fixture.find<QLineEdit>(field)->completer()->model();
        QStringList names;
        for (int row = 0; row < model->rowCount(); ++row)
            names.append(model->index(row, 0).data().toString());
        return names;
    }

    WindowFixture m_fixture;
};

SEALWRIGHT_WINDOW_TEST(TagsTest)

} // namespace tst_tags

#include "tst_tags.moc"
