"""Who must act, with whom, and to whom they report: sentences of many offices, with what a reader finds in them."""

import pytest

from parsers.actors.later_clauses import run_in_heading
from parsers.actors.roles import Roles, read_roles
from parsers.actors.sentence_actors import actors, requested
from parsers.record.passage import Passage
from schemas.document import Paragraph
from vietnamese.fold import fold


def _passage(text: str, *marks: tuple[int, str]) -> Passage:
    return Passage.of([Paragraph(text=text, note_marks=marks)])


def _roles(text: str) -> Roles:
    return read_roles([_passage(text)])


ACTORS: list[tuple[str, list[str]]] = [
    # The name stands first, a verb of duty behind it.
    ("Sở Y tế hướng dẫn các cơ sở khám bệnh lập hồ sơ sức khỏe điện tử.", ["Sở Y tế"]),
    ("Công an xã tuần tra các điểm tập kết cát vào ban đêm.", ["Công an xã"]),
    ("Phòng Văn hóa, Khoa học và Thông tin cập nhật số liệu.", ["Phòng Văn hóa, Khoa học và Thông tin"]),
    ("Ban Thường trực Ủy ban MTTQ xã tổ chức hội nghị lấy ý kiến cử tri.", ["Ban Thường trực Ủy ban MTTQ xã"]),
    ("Trung tâm Phòng, chống sốt rét cần phun hóa chất tại các ổ dịch.", ["Trung tâm Phòng, chống sốt rét"]),
    ("Hạt Kiểm lâm, Đồn Biên phòng kiểm soát chặt các lối mòn.", ["Hạt Kiểm lâm", "Đồn Biên phòng"]),
    ("Báo và Đài Phát thanh tỉnh tăng thời lượng tin cảnh báo.", ["Báo", "Đài Phát thanh tỉnh"]),
    ("Các đồng chí đảng ủy viên phụ trách địa bàn và các chi bộ thôn, Bí thư Đoàn xã dự họp.",
     ["Các đồng chí đảng ủy viên phụ trách địa bàn và các chi bộ thôn", "Bí thư Đoàn xã"]),
    ("Các cơ quan, tổ chức, đơn vị có liên quan cung cấp hồ sơ.", ["Các cơ quan, tổ chức, đơn vị có liên quan"]),
    ("Thủ trưởng các phòng, ban; Chủ tịch UBND các xã, phường chịu trách nhiệm thi hành.",
     ["Thủ trưởng các phòng, ban", "Chủ tịch UBND các xã, phường"]),
    ("Chánh Văn phòng HĐND và UBND huyện, Trưởng phòng Nội vụ và các ông, bà có tên trên căn cứ Quyết định thi hành.",
     ["Chánh Văn phòng HĐND và UBND huyện", "Trưởng phòng Nội vụ", "các ông, bà có tên trên"]),
    ("Ban Quản lý Cảng cá và các Khu neo đậu huyện bố trí phao.", ["Ban Quản lý Cảng cá và các Khu neo đậu huyện"]),
    ("Ban Quản lý dự án đầu tư xây dựng tỉnh hoàn thiện thủ tục.", ["Ban Quản lý dự án đầu tư xây dựng tỉnh"]),
    ("Hiệu trưởng các trường tiểu học, trung học rà soát sân chơi.", ["Hiệu trưởng các trường tiểu học, trung học"]),
    ("Trạm Y tế, Trạm Thú y xã, phường, thị trấn tiêm phòng.", ["Trạm Y tế, Trạm Thú y xã, phường, thị trấn"]),
    ("Sở Xây dựng trong phạm vi nhiệm vụ được giao cấp phép.", ["Sở Xây dựng"]),
    ("Các ban tham mưu, giúp việc và các đoàn thể trực thuộc Đảng ủy xã đăng ký.",
     ["Các ban tham mưu, giúp việc và các đoàn thể trực thuộc Đảng ủy xã"]),
    ("Hội Nông dân huyện và các tổ chức hội ở cơ sở vận động hội viên.",
     ["Hội Nông dân huyện", "các tổ chức hội ở cơ sở"]),
    ("Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên tuyển sinh thêm một lớp, báo cáo Sở.",
     ["Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên"]),
    ("Các trung tâm giáo dục thường xuyên cập nhật sĩ số.", ["Các trung tâm giáo dục thường xuyên"]),
    ("Trung tâm Y tế dự phòng tỉnh giám sát ổ dịch.", ["Trung tâm Y tế dự phòng tỉnh"]),
    ("Ủy ban bầu cử các xã niêm yết tiểu sử người ứng cử.", ["Ủy ban bầu cử các xã"]),
    ("Công đoàn cấp trên trực tiếp cơ sở kiểm tra quỹ.", ["Công đoàn cấp trên trực tiếp cơ sở"]),
    ("Phòng Khảo thí và quản lý chất lượng có trách nhiệm bảo mật đề thi.", ["Phòng Khảo thí và quản lý chất lượng"]),
    ("Các doanh nghiệp, tổ chức, hộ kinh doanh đăng ký mẫu hóa đơn.", ["Các doanh nghiệp, tổ chức, hộ kinh doanh"]),
    ("Giáo viên bộ môn chấm trả bài trong tuần.", ["Giáo viên bộ môn"]),
    ("Giáo viên coi thi có mặt trước giờ thi 30 phút.", ["Giáo viên coi thi"]),
    ("GVCN thông báo lịch thi đến phụ huynh.", ["GVCN"]),
    ("Công dân được gọi khám phải mang theo căn cước.", ["Công dân được gọi khám"]),
    ("Yêu cầu mọi người dân ở nhà trong giờ bão đổ bộ.", ["mọi người dân"]),
    ("Định kỳ thứ Ba hàng tuần, Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh báo cáo tiến độ.",
     ["Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh"]),
    ("Sở Công Thương (cơ quan đầu mối) tổng hợp nhu cầu điện.", ["Sở Công Thương"]),
    ("Công an phường (Tổ PC07) tăng cường kiểm tra nhà trọ.", ["Công an phường"]),
    ("Giám đốc các sở, ban, Chủ tịch UBND các huyện, thị xã, thành phố chịu trách nhiệm.",
     ["Giám đốc các sở, ban", "Chủ tịch UBND các huyện, thị xã, thành phố"]),
    ("Ban Quản lý các khu công nghiệp và cụm công nghiệp tỉnh đôn đốc nhà đầu tư.",
     ["Ban Quản lý các khu công nghiệp và cụm công nghiệp tỉnh"]),
    ("Chi nhánh Văn phòng Đăng ký đất đai huyện trích lục thửa đất.", ["Chi nhánh Văn phòng Đăng ký đất đai huyện"]),
    ("Cục Quản lý thị trường, Chi cục Hải quan xử lý hàng lậu.", ["Cục Quản lý thị trường", "Chi cục Hải quan"]),
    ("Chi cục Quản lý chất lượng nông lâm sản và thủy sản kiểm tra kho.",
     ["Chi cục Quản lý chất lượng nông lâm sản và thủy sản"]),
    ("Các chủ đầu tư dự án khẩn trương nghiệm thu.", ["Các chủ đầu tư dự án"]),
    ("Các huyện, thành, thị ủy chỉ đạo chi bộ học tập.", ["Các huyện, thành, thị ủy"]),
    ("Ban đại diện cha mẹ học sinh vận động quyên góp sách.", ["Ban đại diện cha mẹ học sinh"]),
    ("Đề nghị các cơ quan Trung ương đóng trên địa bàn xã tham gia.", ["các cơ quan Trung ương đóng trên địa bàn xã"]),
    ("Kính đề nghị Quý đơn vị xem xét, tài trợ.", ["Quý đơn vị"]),
    ("Các đơn vị dự toán cấp tỉnh gửi báo cáo về Sở.", ["Các đơn vị dự toán cấp tỉnh"]),
    # What is passed on is for the receiver.
    ("Chuyển Sở Công Thương xem xét kiến nghị của tiểu thương chợ Đông.", ["Sở Công Thương"]),
    ("Chuyển đơn của bà Hà đến Ủy ban nhân dân phường Tây giải quyết theo thẩm quyền.",
     ["Ủy ban nhân dân phường Tây"]),
    ("Văn phòng UBND tỉnh chuyển Sở Tài chính chủ trì thẩm định.", ["Sở Tài chính"]),
    # A colon instead of the verb.
    ("Điện lực huyện: Bảo đảm nguồn cho trạm bơm.", ["Điện lực huyện"]),
    ("Bộ Chỉ huy Quân sự tỉnh, Công an tỉnh: ứng trực 24/24 giờ.", ["Bộ Chỉ huy Quân sự tỉnh", "Công an tỉnh"]),
    ("Đối với các trạm bơm: lắp đồng hồ đo nước.", ["các trạm bơm"]),
    # A request before the name.
    ("Giao Kho bạc Nhà nước huyện đối chiếu số dư.", ["Kho bạc Nhà nước huyện"]),
    ("Giao cho Tổ công tác số 3 lập biên bản.", ["Tổ công tác số 3"]),
    ("Đề nghị Tòa án nhân dân huyện; Viện kiểm sát nhân dân huyện trao đổi thông tin.",
     ["Tòa án nhân dân huyện", "Viện kiểm sát nhân dân huyện"]),
    ("Kính đề nghị Ban Dân tộc tỉnh cho ý kiến.", ["Ban Dân tộc tỉnh"]),
    ("Yêu cầu đơn vị thi công che chắn công trường.", ["đơn vị thi công"]),
    ("UBND huyện yêu cầu Phòng Tài chính - Kế hoạch tham mưu phân bổ vốn.", ["Phòng Tài chính - Kế hoạch"]),
    ("Về kinh phí: giao Sở Tài chính cân đối.", ["Sở Tài chính"]),
    ("Nộp hồ sơ: các trường nộp về Phòng trước ngày 15/02/2025.", ["các trường"]),
    ("Các sở: Nội vụ, Tài chính, Tư pháp góp ý dự thảo.", ["Các sở: Nội vụ, Tài chính, Tư pháp"]),
    ("Đề nghị Tòa án nhân dân huyện: Viện kiểm sát nhân dân huyện:",
     ["Tòa án nhân dân huyện", "Viện kiểm sát nhân dân huyện"]),
    # An opening clause before the name.
    ("Căn cứ kết quả giám sát, Đảng ủy xã chỉ đạo khắc phục.", ["Đảng ủy xã"]),
    ("Trong thời gian diễn ra lễ hội, Thanh tra Sở Du lịch kiểm tra giá phòng.", ["Thanh tra Sở Du lịch"]),
    ("Khi phát hiện dịch thì Trưởng thôn báo ngay cho trạm y tế.", ["Trưởng thôn"]),
    ("Trường hợp vỡ đê thì Chủ tịch UBND xã chỉ đạo sơ tán.", ["Chủ tịch UBND xã"]),
    ("Sau mỗi đợt: Liên đoàn Lao động thành phố tổng hợp số liệu.", ["Liên đoàn Lao động thành phố"]),
    ("Kết thúc chiến dịch các chi đoàn nộp ảnh.", ["các chi đoàn"]),
    # Nobody is named.
    ("Theo dõi tiến độ; hằng tháng báo cáo UBND tỉnh, Chủ tịch UBND tỉnh, Sở Xây dựng kết quả thực hiện.", []),
    ("Đề xuất UBND tỉnh, Sở Nội vụ khen thưởng các điển hình.", []),
    ("Tổ chức tập huấn cho cán bộ xã về an toàn thực phẩm.", []),
    ("Hội nghị được tổ chức theo hình thức trực tuyến.", []),
    ("Báo cáo kết quả trước ngày 20 hằng tháng.", []),
    ("Chỉ đạo UBND các xã rà soát hộ nghèo.", []),
    ("Phối hợp với Sở Công Thương kiểm tra các kho hàng.", []),
    ("Tham mưu, đề xuất Ban Chỉ đạo tỉnh sơ kết.", []),
    ("Lãnh đạo, chỉ đạo các chi bộ làm tốt công tác nhân sự.", []),
    ("Giao chỉ tiêu cụ thể đến từng thôn.", []),
    ("Trường hợp mưa lớn thì tổ chức học trực tuyến.", []),
    ("Bảo đảm đủ vắc xin cho trẻ dưới 1 tuổi.", []),
    ("Số lượng: 03 đại biểu mỗi đơn vị.", []),
    ("Phòng, chống cháy rừng trong mùa khô.", []),
    # What an office says of others; a meeting; who is in charge.
    ("Sau khi họp bàn, Chủ tịch UBND xã có ý kiến: Giao Trạm Y tế xã phun thuốc diệt muỗi.", ["Trạm Y tế xã"]),
    ("Sau buổi họp, Giám đốc Sở kết luận như sau: yêu cầu Phòng Kế toán lập lại dự toán.", ["Phòng Kế toán"]),
    ("Nay Phòng Nội vụ đề nghị Hiệu trưởng các trường nộp hồ sơ.", ["Hiệu trưởng các trường"]),
    ("Giao đồng chí Phó Chủ tịch UBND xã Lò Văn Páo phụ trách, chỉ đạo việc dời chợ.",
     ["đồng chí Phó Chủ tịch UBND xã Lò Văn Páo"]),
    ("Chủ tịch UBND xã Phước Dinh chỉ đạo xử lý chợ tạm.", ["Chủ tịch UBND xã Phước Dinh"]),
    ("Đề nghị tất cả cán bộ, viên chức gửi phiếu.", ["tất cả cán bộ, viên chức"]),
    ("Yêu cầu các doanh nghiệp kinh doanh vàng bạc trên địa bàn huyện niêm yết giá.",
     ["các doanh nghiệp kinh doanh vàng bạc trên địa bàn huyện"]),
    ("Chi cục Dân số - Kế hoạch hóa gia đình tổ chức tư vấn.", ["Chi cục Dân số - Kế hoạch hóa gia đình"]),
    ("Phòng Cảnh sát điều tra tội phạm về kinh tế (PC03) đấu tranh chuyên án.",
     ["Phòng Cảnh sát điều tra tội phạm về kinh tế (PC03)"]),
    ("Viễn thông tỉnh, MobiFone tỉnh bảo đảm liên lạc.", ["Viễn thông tỉnh", "MobiFone tỉnh"]),
    ("Thống kê tỉnh cung cấp số liệu.", ["Thống kê tỉnh"]),
    ("Thành viên UBND huyện theo lĩnh vực phụ trách đôn đốc.", ["Thành viên UBND huyện"]),
    ("Thủ trưởng các cơ quan: Sở Tài chính, Sở Giáo dục và Đào tạo, Kho bạc Nhà nước tỉnh, Cục Thuế tỉnh và các đơn vị"
     " có liên quan chịu trách nhiệm thi hành.",
     ["Thủ trưởng các cơ quan: Sở Tài chính, Sở Giáo dục và Đào tạo, Kho bạc Nhà nước tỉnh, Cục Thuế tỉnh"
      " và các đơn vị có liên quan"]),
    ("Trường hợp đến hết ngày 08/11, đơn vị nào không gửi báo cáo thì xem như không có nhu cầu.", []),
    ("UBND các xã, phường, đặc khu (theo danh sách) ký bản đồ.", ["UBND các xã, phường, đặc khu"]),
    ("Đảng ủy các xã, phường, đặc khu trực thuộc lãnh đạo việc đặt tên thôn.",
     ["Đảng ủy các xã, phường, đặc khu trực thuộc"]),
    ("UBND các xã: Báo cáo kết quả về Phòng Kinh tế trước ngày 10/9, Phòng Kinh tế tổng hợp.", ["UBND các xã"]),
    ("Các Sở: Xây dựng, Thông tin và Truyền thông, Giao thông vận tải rà soát loa đài.",
     ["Các Sở: Xây dựng, Thông tin và Truyền thông, Giao thông vận tải"]),
    ("Đồng chí Chánh Văn phòng phụ trách nội dung 2.", ["Đồng chí Chánh Văn phòng"]),
    ("Hội đồng nghĩa vụ quân sự các xã tổ chức khám tuyển.", ["Hội đồng nghĩa vụ quân sự các xã"]),
    ("Hội đồng bồi thường, hỗ trợ và tái định cư huyện phê duyệt giá.",
     ["Hội đồng bồi thường, hỗ trợ và tái định cư huyện"]),
    ("Các cửa hàng xăng dầu ký cam kết không găm hàng.", ["Các cửa hàng xăng dầu"]),
    ("Thanh tra, kiểm tra việc bán vé xe buýt.", []),
    ("Trung tâm Dịch vụ tổng hợp xã tuyên truyền qua loa.", ["Trung tâm Dịch vụ tổng hợp xã"]),
    ("Chi bộ các trường học họp xét trước tháng 12.", ["Chi bộ các trường học"]),
    # Marks misread in short words.
    ("Sờ Công Thương rà soát cây xăng.", ["Sờ Công Thương"]),
    ("Gìao Phỏng Nội vụ lập danh sách.", ["Phỏng Nội vụ"]),
    ("UBND các xà, thị trấn nạo vét mương.", ["UBND các xà, thị trấn"]),
    ("Sơ kết phong trào đọc sách.", []),
    ("Trạm Y tế, Trạm Thú y, mỗi đơn vị cử 02 người.", ["Trạm Y tế", "Trạm Thú y"]),
    ("Bà Lò Thị Mẩy, Trưởng phòng Cải cách hành chính - Thành viên, thư ký.", []),
    ("Ban tự quản các thôn rà soát hộ nghèo.", ["Ban tự quản các thôn"]),
    ("Cán bộ, công chức, viên chức hưởng lương từ ngân sách.", []),
    ("Giao Phó Thủ tướng Lò Văn Mẩy trực tiếp chỉ đạo.", ["Phó Thủ tướng Lò Văn Mẩy"]),
    ("Văn phòng Sở niêm phong phòng làm việc.", ["Văn phòng Sở"]),
    ("Ban QLDA phấn đấu thông xe cầu Sông Con.", ["Ban QLDA"]),
    ("Ban Quản lý rừng đặc dụng ven hồ tổ chức chốt gác.", ["Ban Quản lý rừng đặc dụng ven hồ"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), ACTORS)
def test_actors(text: str, names: list[str]) -> None:
    assert actors(_passage(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Tài nguyên và Môi trường", ["Sở Tài nguyên và Môi trường"]),
        ("Sở Tài chính và Kho bạc Nhà nước tỉnh", ["Sở Tài chính", "Kho bạc Nhà nước tỉnh"]),
        ("Trách nhiệm của Chi cục Thủy lợi", ["Chi cục Thủy lợi"]),
        ("Các chi bộ, đảng bộ cơ sở", ["Các chi bộ, đảng bộ cơ sở"]),
        ("Các tổ chức đảng được kiểm tra", ["Các tổ chức đảng được kiểm tra"]),
        ("Các xã được công nhận đạt chuẩn", []),
        ("Công tác tuyên truyền", []),
        ("Tổ chức thực hiện", []),
        ("Bảo vệ môi trường", []),
    ],
)
def test_a_heading_may_be_nothing_but_a_name(text: str, names: list[str]) -> None:
    assert actors(_passage(text), heading=True) == names
    assert actors(_passage(text)) == []


@pytest.mark.parametrize(
    ("text", "together", "receivers"),
    [
        ("Báo cáo tiến độ gửi Sở Giao thông vận tải tổng hợp.", (), ("Sở Giao thông vận tải",)),
        ("Chủ trì, phối hợp với Công an huyện, Hạt Kiểm lâm và các xã liên quan kiểm tra rừng.",
         ("Công an huyện", "Hạt Kiểm lâm", "các xã liên quan"), ()),
        ("Phối hợp chặt chẽ với Ban Dân vận trong việc nắm tình hình.", ("Ban Dân vận",), ()),
        ("Phối hợp với ngành Y tế để phun hóa chất.", ("ngành Y tế",), ()),
        ("Phối hợp với các thôn, bản; báo cáo về UBND xã (qua Văn phòng) trước ngày 05/4/2025.",
         ("các thôn, bản",), ("UBND xã (qua Văn phòng)",)),
        ("Chủ trì, cùng với Hội Nông dân xã và Chi cục Thú y đếm đàn vịt.",
         ("Hội Nông dân xã", "Chi cục Thú y"), ()),
        ("Chủ trì, phối hợp Sở Công Thương, Cục Thuế tỉnh soát lại cây xăng.",
         ("Sở Công Thương", "Cục Thuế tỉnh"), ()),
        ("Phối hợp tổ chức ngày hội đọc sách.", (), ()),
        ("Phối hợp, cung cấp hồ sơ giống cây.", (), ()),
        ("Báo cáo Chủ tịch UBND xã tại phiên họp tháng 5.", (), ("Chủ tịch UBND xã",)),
        ("Báo cáo UBND xã 02 lần/ngày.", (), ("UBND xã",)),
        ("Gửi danh sách trực về Văn phòng Sở chậm nhất ngày 15/01/2027.", (), ("Văn phòng Sở",)),
        ("Báo cáo UBND tỉnh, Ban Chỉ đạo 389 quốc gia trước thứ Năm.", (), ("UBND tỉnh", "Ban Chỉ đạo 389 quốc gia")),
        ("Nộp ngay để kịp thời tổng hợp báo cáo Bộ Nội vụ.", (), ()),
        ("Sau thời hạn này, Phòng sẽ báo cáo Chủ tịch UBND xã.", (), ()),
        ("Báo cáo UBND tỉnh, Bộ Nội vụ kết quả sắp xếp.", (), ("UBND tỉnh", "Bộ Nội vụ")),
        ("Tổng hợp danh sách gửi về Phòng Lao động trong tháng 8.", (), ("Phòng Lao động",)),
        ("Lập hồ sơ, trình Hội đồng nhân dân xã xem xét.", (), ("Hội đồng nhân dân xã",)),
        ("Thẩm định hồ sơ để tổng hợp báo cáo Bộ Tài chính.", (), ()),
        ("Thực hiện chế độ báo cáo theo quy định.", (), ()),
    ],
)  # fmt: skip
def test_with_whom_and_to_whom(text: str, together: tuple[str, ...], receivers: tuple[str, ...]) -> None:
    roles = _roles(text)
    assert (roles.coordinate_with, roles.report_to) == (together, receivers)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Để chủ động ứng phó, Sở Công Thương đề nghị các chủ hồ đập thực hiện một số việc sau:", ["các chủ hồ đập"]),
        ("Chủ tịch UBND xã yêu cầu Trưởng các thôn, Trạm Y tế làm ngay:", ["Trưởng các thôn", "Trạm Y tế"]),
        ("Chủ tịch UBND tỉnh yêu cầu:", []),
        ("Yêu cầu Thủ trưởng các ban, đơn vị thuộc huyện và Chủ tịch UBND các xã, phường, thị trấn làm ngay:",
         ["Thủ trưởng các ban, đơn vị thuộc huyện", "Chủ tịch UBND các xã, phường, thị trấn"]),
        ("Ngày 09/4, Chủ tịch UBND xã họp giao ban. Sau khi nghe báo cáo, Chủ tịch UBND xã kết luận:", []),
        ("Ủy ban nhân dân xã ban hành kế hoạch như sau:", []),
        ("Công tác giáo dục còn một số hạn chế như sau:", []),
    ],
)  # fmt: skip
def test_whom_a_lead_in_asks(text: str, names: list[str]) -> None:
    assert requested(_passage(text)) == names


def test_a_name_ends_at_its_footnote_mark() -> None:
    text = "Các trường được đầu tư năm nay: khẩn trương nghiệm thu."
    assert actors(_passage(text)) == ["Các trường được đầu tư năm nay"]
    assert actors(_passage(text, (10, "1"))) == ["Các trường"]


def test_a_run_in_heading_leaves_its_actor_to_the_next_sentence() -> None:
    passage = _passage("Đẩy mạnh trồng cây xanh. Đoàn Thanh niên xã phát động ra quân.")
    assert run_in_heading(passage) == len("Đẩy mạnh trồng cây xanh. ")
    assert read_roles([passage]).assignees == ("Đoàn Thanh niên xã",)
    assert run_in_heading(_passage("Sở Y tế kiểm tra. Sở Công Thương báo cáo.")) is None


def test_the_actor_of_each_paragraph_counts() -> None:
    roles = read_roles([_passage("Trạm Y tế lập danh sách."), _passage("Trưởng thôn thông báo cho từng hộ.")])
    assert roles.assignees == ("Trạm Y tế", "Trưởng thôn")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Giao Sở Nội vụ xoay xở trụ sở tạm.", ["Sở Nội vụ"]),
        ("Công an xã lùng bắt trâu bò thả rông trên đường.", ["Công an xã"]),
        ("Các chi hội nông dân ươm lại giống lúa nếp địa phương.", ["Các chi hội nông dân"]),
        ("Các hộ nuôi cá lồng ven sông có trách nhiệm gia cố lồng bè.", ["Các hộ nuôi cá lồng ven sông"]),
        ("Các cơ sở nuôi cá lồng ven sông có trách nhiệm gia cố lồng bè.", ["Các cơ sở nuôi cá lồng ven sông"]),
        ("Công ty cổ phần Cấp nước huyện súc xả đường ống định kỳ.", ["Công ty cổ phần Cấp nước huyện"]),
        ("Các trạm bơm chưa có điện ba pha lập phương án riêng.", ["Các trạm bơm chưa có điện ba pha"]),
        ("Đội Cảnh sát giao thông lập chốt trên cầu.", ["Đội Cảnh sát giao thông"]),
        ("Chi bộ thôn đã hoàn thành chỉ tiêu cả năm ngay trong tháng.", []),
        ("Các bệnh viện trong toàn tỉnh;", []),
    ],
)
def test_a_verb_that_no_table_knows_ends_a_name(text: str, names: list[str]) -> None:
    assert actors(_passage(text)) == names


def test_a_name_without_end_is_not_taken() -> None:
    assert actors(_passage("Giao các phòng" + " thuộc các xã thuộc các huyện" * 6 + " báo cáo.")) == []


def test_a_later_sentence_may_charge_somebody() -> None:
    text = "Thống nhất phương án hướng tuyến. Giao Sở Giao thông vận tải hoàn thiện hồ sơ."
    assert _roles(text).assignees == ("Sở Giao thông vận tải",)


def test_a_matter_may_be_handed_to_somebody() -> None:
    assert _roles("Các kiến nghị còn lại giao Chi cục Thủy lợi trả lời.").assignees == ("Chi cục Thủy lợi",)
    assert _roles("Các nhiệm vụ đã giao Chi cục Thủy lợi chậm tiến độ.").assignees == ()


def test_a_remark_names_nobody_who_must_act() -> None:
    roles = read_roles([_passage("Nhập số liệu vào biểu."), _passage("** Lưu ý: mỗi đơn vị nộp một biểu.")])
    assert roles.assignees == ()


@pytest.mark.parametrize("text, names", [case for case in ACTORS if case[1] and ":" not in case[0]][:8])
def test_actors_without_any_marks(text: str, names: list[str]) -> None:
    """Damaged text: the same names, as they are printed there; capitals kept."""
    plain = "".join(
        letter.upper() if printed.isupper() else letter for letter, printed in zip(fold(text), text, strict=True)
    )
    assert [fold(name) for name in actors(_passage(plain))] == [fold(name) for name in names]
