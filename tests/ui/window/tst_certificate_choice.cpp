// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/certificates/certificate_list_model.h"
#include "ui/common/banner.h"
#include "ui/support/visible_controls.h"
#include "ui/window/window_fixture.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>

namespace tst_certificate_choice {

using namespace Qt::StringLiterals;
using lifecycle::CertificateDetails;
using support::sampleScene;
using support::scene;
using support::WindowFixture;

/// Which certificates are selected in the list, and which one is shown, while the list changes.
class CertificateChoiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_fixture.close(); }

    void keepsTheSelectionWhileOthersComeAndGo()
    {
        showCertificates();
        select({1, 2});
        const QStringList before = selected();
        m_fixture.click("tagsButton");
        scene().certificates.prepend(certificate(u"new"_s, u"aaa.corp.example"_s));
        changeElsewhere();
        QCOMPARE(list()->model()->rowCount(), 5);
        QCOMPARE(selected(), before);
        m_fixture.type("tagsToAdd", u"eu"_s);
        m_fixture.click("tagsApply");
        QCOMPARE(scene().tagChange->certificateIds.size(), 2);
    }

    void selectsNoOtherOneInPlaceOfOneThatIsGone()
    {
        showCertificates();
        select({0});
        scene().certificates.removeFirst();
        changeElsewhere();
        QVERIFY(selected().isEmpty());
        QVERIFY(!m_fixture.find("renewButton")->isEnabled());
    }

    void selectsTheFirstOneThatASearchFinds()
    {
        showCertificates();
        select({0});
        m_fixture.type("certificateSearch", u"mail"_s);
        QTest::keyClick(m_fixture.find("certificateSearch"), Qt::Key_Return);
        QTRY_VERIFY(selected().value(0).contains(u"mail"_s));
    }

    void showsOneThatIsNotAmongTheFirst()
    {
        support::Scene played = sampleScene();
        for (int number = 0; number < 6000; ++number)
            played.certificates.prepend(certificate(u"n%1"_s.arg(number), u"host-%1.corp.example"_s.arg(number)));
        play(played);
        m_fixture.window().navigator().showCertificate(u"n7"_s);
        WindowFixture::settle();
        QCOMPARE(selected(), QStringList(u"host-7.corp.example"_s));
        QCOMPARE(m_fixture.find<QLineEdit>("certificateSearch")->text(), u"host-7.corp.example"_s);
    }

    void showsOneThatIsHiddenAsRevoked()
    {
        support::Scene played = sampleScene();
        CertificateDetails revoked = certificate(u"gone"_s, u"gone.corp.example"_s);
        revoked.row.state = lifecycle::CertificateState::Revoked;
        played.certificates += revoked;
        play(played);
        m_fixture.window().navigator().showCertificate(u"gone"_s);
        WindowFixture::settle();
        QCOMPARE(selected(), QStringList(u"gone.corp.example"_s));
        QVERIFY(m_fixture.find<QPushButton>("showRetired")->isChecked());
    }

    void saysThatOneIsNotThereAndForgetsIt()
    {
        showCertificates();
        select({1});
        const QStringList before = selected();
        m_fixture.window().navigator().showCertificate(u"late"_s);
        WindowFixture::settle();
        QVERIFY(m_fixture.find("certificatesBanner")->isVisible());
        QCOMPARE(selected(), before);
        scene().certificates += certificate(u"late"_s, u"late.corp.example"_s);
        changeElsewhere();
        QCOMPARE(selected(), before);
    }

    void wantsNothingWhereTheOperatorKeepsTheCertificate()
    {
        showCertificates();
        select({0});
        m_fixture.click("revokeButton");
        m_fixture.click("revokeCancel");
        select({1});
        const QStringList chosen = selected();
        changeElsewhere();
        QCOMPARE(selected(), chosen);
    }

    void staysInTheDialogWhileItIsRevoked()
    {
        showCertificates();
        select({0});
        m_fixture.click("revokeButton");
        scene().held = {u"revokeCertificate"_s};
        m_fixture.click("revokeConfirm");
        QVERIFY(m_fixture.find<ui::Banner>("revokeBanner")->isVisible());
        QVERIFY(!m_fixture.find("revokeCancel")->isEnabled());
        m_fixture.picture(u"revoke-dialog-running"_s, m_fixture.find("revokeDialog"));
        QCOMPARE(support::clipped(m_fixture.find("revokeDialog")).join(u'\n'), QString());
        QTest::keyClick(m_fixture.find("revokeDialog"), Qt::Key_Escape);
        WindowFixture::settle();
        QVERIFY(m_fixture.find("revokeDialog")->isVisible());
        support::answerHeld();
        WindowFixture::settle();
        QVERIFY(m_fixture.find<QPushButton>("showRetired")->isChecked()); // where it is now
    }

    void saysInTheDialogThatItIsNotRevoked()
    {
        showCertificates();
        select({0});
        scene().errors.insert(u"revokeCertificate"_s, base::Error(base::ErrorCode::Rejected, u"not yours"_s));
        m_fixture.click("revokeButton");
        m_fixture.find("revokeConfirm")->setFocus();
        scene().held = {u"revokeCertificate"_s};
        m_fixture.click("revokeConfirm");
        support::answerHeld();
        WindowFixture::settle();
        QVERIFY(m_fixture.find<ui::Banner>("revokeBanner")->text().contains(u"not yours"_s));
        QVERIFY(m_fixture.find("revokeConfirm")->hasFocus());
        QVERIFY(m_fixture.find("revokeCancel")->isEnabled());
        QVERIFY(m_fixture.find("revokeConfirm")->isEnabled());
        m_fixture.click("revokeCancel");
        QVERIFY(!m_fixture.window().findChild<QWidget*>(u"revokeDialog"_s));
    }

private:
    static CertificateDetails certificate(const QString& id, const QString& name)
    {
        static const CertificateDetails sample = sampleScene().certificates.first();
        CertificateDetails made = sample;
        made.row.id = id;
        made.row.names = QStringList(name);
        return made;
    }

    void play(const support::Scene& played)
    {
        m_fixture.show(played);
        m_fixture.window().showScreen(ui::ScreenId::Certificates);
        WindowFixture::settle();
    }

    void showCertificates() { play(sampleScene()); }

    void changeElsewhere()
    {
        Q_EMIT m_fixture.facade().changed(lifecycle::Change::Certificates);
        WindowFixture::settle();
    }

    QTreeView* list() { return m_fixture.find<QTreeView>("certificateList"); }

    void select(const QList<int>& rows) { m_fixture.selectRows("certificateList", rows); }

    /// The names of what is selected, in the order of the list.
    QStringList selected()
    {
        QStringList names;
        for (const QModelIndex& row : list()->selectionModel()->selectedRows(ui::CertificateListModel::Names))
            names += row.data().toString();
        names.sort();
        return names;
    }

    WindowFixture m_fixture;
};

SEALWRIGHT_WINDOW_TEST(CertificateChoiceTest)

} // namespace tst_certificate_choice

#include "tst_certificate_choice.moc"
